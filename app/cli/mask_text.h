#pragma once

// Recordings and masks as JSON objects: what is known of them, without packets and laws.

#include "engine/base/json_writer.h"
#include "engine/mask/generator.h"
#include "engine/mask/mask_file.h"
#include "engine/mask/signing.h"
#include "engine/recording/recording.h"

namespace timbre::cli {

/// Members of an open object.
void putRecording(JsonWriter& json, const recording::Recording& recording);
/// An object: every figure with its limit and whether it is kept.
void putSelfTest(JsonWriter& json, const mask::SelfTest& test);
void putFidelity(JsonWriter& json, const mask::EngineFidelity& fidelity);
/// Members of an open object.
void putMask(JsonWriter& json, const mask::MaskProfile& mask);
void putRemarks(JsonWriter& json, const std::vector<mask::Remark>& remarks);
void putRefusal(JsonWriter& json, const mask::Refusal& refusal);
void putVerification(JsonWriter& json, const mask::Verification& verification,
                     const std::vector<mask::PublicKey>& keys);

} // namespace timbre::cli
