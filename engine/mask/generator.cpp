#include "engine/mask/generator.h"

#include "engine/mask/features.h"
#include "engine/mask/header_inference.h"
#include "engine/mask/header_match.h"
#include "engine/mask/rules.h"
#include "engine/mask/state_inference.h"
#include "engine/recording/recording_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace timbre::mask {

namespace {

using recording::Direction;

constexpr std::uint64_t kSecondsPerYear = 365ULL * 24 * 3600;
constexpr std::size_t kMaxIdWord = 48; // letters of the service's name in an id
constexpr std::size_t kMaxBins = 1024;
constexpr std::size_t kMaxQuantiles = 512;
constexpr std::size_t kMaxGroups = 6;
constexpr std::size_t kTrialDraws = 20'000;
constexpr double kCloseDistance = 0.08;    // of what a client sends to what was recorded
constexpr double kCloseCorrelation = 0.08; // likewise, correlations
constexpr std::uint16_t kMaskVersion = 2;

struct Side {
    std::vector<double> sizes;
    std::vector<double> gaps;
};

Side sideOf(Packets packets, Direction direction)
{
    Side side;
    for (const auto& packet : packets) {
        if (packet.direction != direction)
            continue;
        side.sizes.push_back(packet.size);
        side.gaps.push_back(packet.gapMs);
    }
    return side;
}

double secondsOf(Packets packets)
{
    const auto earlier = [](const auto& a, const auto& b) { return a.timestampNs < b.timestampNs; };
    const auto [first, last] = std::minmax_element(packets.begin(), packets.end(), earlier);
    return packets.empty() ? 0.0 : static_cast<double>(last->timestampNs - first->timestampNs) / 1e9;
}

std::optional<Error> tooLittle(Packets packets, std::size_t uplink, const GeneratorOptions& options)
{
    if (uplink < kMinUplinkPackets)
        return Error{
            ErrorCode::Invalid,
            fmt::format("No mask can be made: the recording has {} uplink packets, and at least {} are needed. "
                        "If the service mainly sends, swap the directions.",
                        uplink, kMinUplinkPackets),
            {}};
    if (options.evenIfShort)
        return std::nullopt;
    const double seconds = secondsOf(packets);
    if (packets.size() < recording::kEnoughPackets || seconds < static_cast<double>(recording::kEnoughSeconds))
        return Error{
            ErrorCode::Invalid,
            fmt::format("The recording is short: {} packets over {:.0f} s, where {} packets and {} s make a mask "
                        "that holds.",
                        packets.size(), std::floor(seconds), recording::kEnoughPackets, recording::kEnoughSeconds),
            {}};
    return std::nullopt;
}

void setHeader(MaskProfile& mask, const InferredHeader& header)
{
    mask.protocol = header.protocol;
    mask.headerSpec = header.spec;
    mask.headerTemplate = sampleHeader(header.spec);
    mask.keyOffset = static_cast<std::uint16_t>(mask.headerTemplate.size());
    mask.keyLength = kKeyBytes;
    mask.tagOffset = header.tagOffset;
}

SignatureFacts setLawsAndSignature(MaskProfile& mask, Packets packets, Direction direction)
{
    const Side side = sideOf(packets, direction);
    mask.sizes = empiricalSizes(side.sizes, kMaxBins);
    mask.gaps = empiricalGaps(side.gaps, kMaxQuantiles);
    const SignatureFacts facts = signatureOf(packets, direction);
    for (const double feature : facts.mean)
        mask.signatureVector.push_back(static_cast<float>(feature));
    return facts;
}

/// How far what a client sends is from the recording, beyond what is close enough.
double excessOf(const EngineFidelity& f)
{
    const auto over = [](double value, double limit) { return std::max(0.0, value - limit); };
    return over(f.sizes, kCloseDistance) + over(f.gaps, kCloseDistance) +
           over(std::fabs(f.sizeLag1Model - f.sizeLag1Real), kCloseCorrelation) +
           over(std::fabs(f.sizeGapModel - f.sizeGapReal), kCloseCorrelation);
}

/// The fewest states with which a client's packets follow one another as the recorded ones did.
void setStates(MaskProfile& mask, Packets packets)
{
    const Side side = sideOf(packets, Direction::Uplink);
    mask.states = singleState();
    double best = excessOf(engineFidelity(mask, packets, kTrialDraws));
    std::vector<State> bestStates = mask.states;
    for (std::size_t groups = 2; groups <= kMaxGroups && best > 0.0; ++groups) {
        auto states = statesBySize(side.sizes, side.gaps, groups);
        if (states.empty())
            break;
        mask.states = std::move(states);
        const double excess = excessOf(engineFidelity(mask, packets, kTrialDraws));
        if (excess < best) {
            best = excess;
            bestStates = mask.states;
        }
    }
    mask.states = std::move(bestStates);
    mask.initialState = 0;
}

/// How far the windows behind a signature lie apart: what makes a distance to it mean something.
Extension spreadOf(const SignatureFacts& facts)
{
    Extension extension;
    for (const double spread : facts.spread)
        extension.signatureSpread.push_back(static_cast<float>(spread));
    extension.windows = facts.windows;
    extension.windowPackets = facts.windowPackets;
    return extension;
}

Extension extensionOf(const SignatureFacts& facts, const GeneratorOptions& options)
{
    Extension extension = spreadOf(facts);
    extension.recording = options.recordingId;
    extension.service = options.service;
    extension.madeBy = options.madeBy;
    extension.captures = options.captures;
    return extension;
}

MaskProfile reverseOf(const MaskProfile& mask, Packets packets, const GeneratorOptions& options)
{
    MaskProfile reverse;
    reverse.id = mask.id + "_reverse";
    reverse.version = mask.version;
    reverse.createdAt = mask.createdAt;
    reverse.expiresAt = mask.expiresAt;
    setHeader(reverse, inferHeader(packets, Direction::Downlink, options.gate));
    reverse.extension = spreadOf(setLawsAndSignature(reverse, packets, Direction::Downlink));
    reverse.padding = mask.padding;
    reverse.states = singleState();
    reverse.generated = true;
    return reverse;
}

void noteHeader(const InferredHeader& header, const SelfTest& test, std::vector<std::string>& notes)
{
    notes.push_back(fmt::format("Header: {}; {:.0f} % of all prefixes match, {:.0f} % of the uplink's, {:.0f} % of the "
                                "downlink's against the reverse mask; {:.0f} % of its bytes are fixed.",
                                header.kind, 100.0 * static_cast<double>(test.headerMatch),
                                100.0 * test.uplinkHeaderMatch, 100.0 * test.downlinkHeaderMatch,
                                100.0 * test.fixedHeaderBits));
    if (header.relaxedStun)
        notes.emplace_back(
            "Requests and responses balance, so the first byte of the STUN header was left open; dissectors "
            "may not take it for STUN. Judging each direction by itself keeps it.");
    if (test.fixedHeaderBits <= 0.0)
        notes.emplace_back("No byte of the header is fixed: the first bytes match anything and say nothing.");
}

double shareWithoutPayload(Packets packets)
{
    const auto empty =
        std::count_if(packets.begin(), packets.end(), [](const auto& each) { return each.prefixLength == 0; });
    return packets.empty() ? 0.0 : static_cast<double>(empty) / static_cast<double>(packets.size());
}

} // namespace

std::string maskIdFor(std::string_view service)
{
    std::string word;
    bool named = false;
    for (const char c : service.substr(0, kMaxIdWord)) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        word += kept ? static_cast<char>(upper ? c - 'A' + 'a' : c) : '_';
        named = named || kept;
    }
    return "auto_" + (named ? word : "unnamed") + "_v1";
}

std::vector<std::string> failuresOf(const SelfTest& test, const MaskProfile& mask, Packets packets)
{
    std::vector<std::string> failures;
    const auto distance = [&](const char* what, float value, bool counts) {
        if (counts && !(value < SelfTest::kMaxDistance))
            failures.push_back(fmt::format("The distance of {} is {:.3f}; it must be below {:.2f}.", what, value,
                                           SelfTest::kMaxDistance));
    };
    distance("uplink sizes", test.uplinkSizes, true);
    distance("uplink gaps", test.uplinkGaps, true);
    distance("downlink sizes", test.downlinkSizes, test.downlinkDecides);
    distance("downlink gaps", test.downlinkGaps, test.downlinkDecides);
    if (test.downlinkDecides && !mask.reverse)
        failures.emplace_back("The recording has a downlink and the mask has no reverse profile.");
    if (!(test.headerMatch >= SelfTest::kMinHeaderMatch))
        failures.push_back(fmt::format("Only {:.0f} % of the first bytes match the header; {:.0f} % must.",
                                       100.0 * static_cast<double>(test.headerMatch),
                                       100.0 * static_cast<double>(SelfTest::kMinHeaderMatch)));
    if (!(test.stateScore >= SelfTest::kMinStateScore))
        failures.push_back(fmt::format("The state machine scores {:.2f}; {:.2f} is the least.", test.stateScore,
                                       SelfTest::kMinStateScore));
    if (!(test.entropyPenalty < SelfTest::kMaxEntropyPenalty)) {
        std::string sentence =
            "The payload is not random enough: masks are for encrypted traffic, with a mean of more than "
            "5.5 bits per byte. No mask can repair that.";
        const double empty = shareWithoutPayload(packets);
        if (empty > 0.2)
            sentence +=
                fmt::format(" {:.0f} % of the packets carry no payload at all; a recording of packets with payload "
                            "only may pass.",
                            100.0 * empty);
        failures.push_back(std::move(sentence));
    }
    return failures;
}

Result<GeneratedMask> generateMask(Packets packets, const GeneratorOptions& options)
{
    const Side up = sideOf(packets, Direction::Uplink);
    const std::size_t downlink = packets.size() - up.sizes.size();
    if (auto error = tooLittle(packets, up.sizes.size(), options))
        return *error;
    GeneratedMask made;
    MaskProfile& mask = made.mask;
    mask.id = options.id.empty() ? maskIdFor(options.service) : options.id;
    mask.version = kMaskVersion;
    mask.createdAt = options.createdAt;
    mask.expiresAt = options.createdAt + kSecondsPerYear;
    mask.padding = UniformPadding{0, 64};
    mask.generated = true;
    const InferredHeader header = inferHeader(packets, Direction::Uplink, options.gate);
    setHeader(mask, header);
    const SignatureFacts facts = setLawsAndSignature(mask, packets, Direction::Uplink);
    setStates(mask, packets);
    if (downlink >= kMinReversePackets)
        mask.reverse = std::make_shared<MaskProfile>(reverseOf(mask, packets, options));
    mask.extension = extensionOf(facts, options);
    if (const auto refusal = firstBrokenRule(mask))
        return Error{ErrorCode::Invalid, "No mask can be made: " + refusal->field + ' ' + refusal->reason + '.',
                     refusal->rule};
    made.test = selfTest(mask, packets);
    made.fidelity = engineFidelity(mask, packets);
    noteHeader(header, made.test, made.notes);
    made.notes.push_back(
        fmt::format("States: {}. What a client sends is {:.3f} (sizes) and {:.3f} (gaps) away from the "
                    "recording.",
                    mask.states.size(), made.fidelity.sizes, made.fidelity.gaps));
    mask.extension->report = made.test.passed ? fmt::format("self-test passed, confidence {:.3f}", made.test.confidence)
                                              : "self-test failed: " + failuresOf(made.test, mask, packets).front();
    return made;
}

} // namespace timbre::mask
