#pragma once

// A mask as JSON: the one byte string that signatures cover (mask format, section 3), and a text for files. Both have
// every member in the order of the format and numbers in their shortest form.

#include "engine/mask/mask_profile.h"

#include <string>

namespace timbre::mask {

/// Writers differ in one thing: 1e16 or 1e+16.
enum class ExponentSign : std::uint8_t { None, Plus };

/// What a signature of `mask` covers: its own signature as 64 zeros, that of the reverse profile as it is, no
/// extension. A number that is not finite becomes null; such a text must never be signed.
[[nodiscard]] std::string canonicalBytes(const MaskProfile& mask, ExponentSign sign = ExponentSign::None);

/// The whole mask, one line per member, with its signature and its extension.
[[nodiscard]] std::string fileText(const MaskProfile& mask);

/// Whether every number in it, nested ones too, is finite.
[[nodiscard]] bool allFinite(const MaskProfile& mask);

/// Shortest digits that read back to the same value, laid out as the format wants it.
void appendReal(std::string& out, double value, ExponentSign sign = ExponentSign::None);
void appendReal(std::string& out, float value, ExponentSign sign = ExponentSign::None);

} // namespace timbre::mask
