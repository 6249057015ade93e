#pragma once

// A recording becomes a mask. Laws are taken from the recording itself (a bin per size, quantiles of the gaps), states
// from how sizes follow one another, with conditional probabilities so that a client that reads a list of chances one
// after the other gets the chain that was meant. The result is tested against the recording before anybody gets it.
// Every number has at most nine decimals, so that signatures survive other readers.

#include "engine/base/result.h"
#include "engine/mask/self_test.h"

namespace timbre::mask {

/// What the header of a mask is judged by when requests and responses start differently.
enum class HeaderGate : std::uint8_t {
    AllPrefixes,  // the self-test's own way: prefixes of both directions against the uplink's header
    PerDirection, // uplink prefixes against the mask, downlink prefixes against its reverse; may fail the self-test
};

struct GeneratorOptions {
    std::string service;
    std::string id;              // empty: made from the service
    std::uint64_t createdAt = 0; // Unix seconds
    HeaderGate gate = HeaderGate::AllPrefixes;
    bool evenIfShort = false; // also below 500 packets or 60 s
    std::string recordingId;  // for the extension
    std::string madeBy;
    std::vector<std::string> captures;
};

struct GeneratedMask {
    MaskProfile mask;
    SelfTest test;
    EngineFidelity fidelity;
    std::vector<std::string> notes; // sentences: what was decided and why, what is weak
};

inline constexpr std::size_t kMinUplinkPackets = 100;
inline constexpr std::size_t kMinReversePackets = 50;

/// Refuses below 100 uplink packets, and below 500 packets or 60 s unless asked. A mask that fails the self-test is
/// returned all the same, with `test.passed` false: it must not be taken for a tested one.
[[nodiscard]] Result<GeneratedMask> generateMask(Packets packets, const GeneratorOptions& options);

/// "auto_web_mail_v1"
[[nodiscard]] std::string maskIdFor(std::string_view service);

/// Why a self-test failed, a sentence per limit; empty when it passed.
[[nodiscard]] std::vector<std::string> failuresOf(const SelfTest& test, const MaskProfile& mask, Packets packets);

} // namespace timbre::mask
