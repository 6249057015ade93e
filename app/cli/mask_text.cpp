#include "app/cli/mask_text.h"

#include <cmath>

namespace timbre::cli {

namespace {

/// To the nine digits that single precision has, so that the text is not full of noise.
double shortened(float value)
{
    return std::round(static_cast<double>(value) * 1e6) / 1e6;
}

void putSide(JsonWriter& json, const char* name, const recording::SideSums& side)
{
    json.key(name).beginObject();
    json.member("packets", side.packets);
    json.member("mean_size", side.meanSize()).member("size_deviation", side.sizeDeviation());
    json.member("mean_gap_ms", side.meanGapMs()).member("gap_deviation_ms", side.gapDeviationMs());
    json.endObject();
}

struct Limit {
    float value;
    bool least; // the figure must reach it; else it must stay below
    bool decides = true;
};

void putFigure(JsonWriter& json, const char* name, float value, Limit limit)
{
    const bool kept = limit.least ? value >= limit.value : value < limit.value;
    json.key(name).beginObject().member("value", shortened(value));
    json.member(limit.least ? "at_least" : "below", shortened(limit.value));
    json.member("decides", limit.decides).member("kept", kept).endObject();
}

const char* fieldKind(const mask::HeaderField& field)
{
    constexpr const char* kKinds[] = {"fixed", "random", "length", "id", "counter"};
    return kKinds[field.index()];
}

void putHeader(JsonWriter& json, const mask::MaskProfile& mask)
{
    json.key("header").beginObject();
    json.member("bytes", std::uint64_t{mask::headerLength(mask)});
    json.member("key_offset", std::uint32_t{mask.keyOffset});
    json.key("tag_offset");
    if (mask.tagOffset == mask::kTagBeforeHeader)
        json.null();
    else
        json.value(std::uint32_t{mask.tagOffset});
    json.key("fields").beginArray();
    if (mask.headerSpec) {
        if (const auto* structured = std::get_if<mask::StructuredHeader>(&*mask.headerSpec)) {
            for (const auto& field : structured->fields)
                json.value(fieldKind(field));
        } else {
            json.value("raw prefix");
        }
    }
    json.endArray().endObject();
}

} // namespace

void putRecording(JsonWriter& json, const recording::Recording& recording)
{
    json.member("id", recording::toHex(recording.facts.id)).member("service", recording.facts.service);
    json.member("key", recording.facts.key).member("selection", recording.selection);
    json.key("captures").beginArray();
    for (const std::string& capture : recording.captures)
        json.value(capture);
    json.endArray();
    json.member("started", formatUtc(recording.started)).member("ended", formatUtc(recording.ended));
    json.member("end", recording::toString(recording.end)).member("seconds", recording.seconds());
    json.member("packets", recording.totalPackets).member("kept", std::uint64_t{recording.packets.size()});
    json.member("refused", recording.refusedPackets).member("enough", recording.hasEnough());
    json.member("swapped", recording.swapped);
    putSide(json, "uplink", recording.figures.of(recording::Direction::Uplink));
    putSide(json, "downlink", recording.figures.of(recording::Direction::Downlink));
    json.member("mean_entropy", recording.figures.meanEntropy());
}

void putSelfTest(JsonWriter& json, const mask::SelfTest& test)
{
    using mask::SelfTest;
    const Limit distance{SelfTest::kMaxDistance, false};
    const Limit downlink{SelfTest::kMaxDistance, false, test.downlinkDecides};
    json.beginObject().member("passed", test.passed).member("confidence", shortened(test.confidence));
    putFigure(json, "uplink_sizes", test.uplinkSizes, distance);
    putFigure(json, "uplink_gaps", test.uplinkGaps, distance);
    putFigure(json, "downlink_sizes", test.downlinkSizes, downlink);
    putFigure(json, "downlink_gaps", test.downlinkGaps, downlink);
    putFigure(json, "header_match", test.headerMatch, {SelfTest::kMinHeaderMatch, true});
    putFigure(json, "state_score", test.stateScore, {SelfTest::kMinStateScore, true});
    putFigure(json, "entropy_penalty", test.entropyPenalty, {SelfTest::kMaxEntropyPenalty, false});
    json.member("uplink_header_match", test.uplinkHeaderMatch)
        .member("downlink_header_match", test.downlinkHeaderMatch);
    json.member("fixed_header_share", test.fixedHeaderBits);
    json.endObject();
}

void putFidelity(JsonWriter& json, const mask::EngineFidelity& fidelity)
{
    json.beginObject().member("sizes", fidelity.sizes).member("gaps", fidelity.gaps);
    json.member("size_lag1_model", fidelity.sizeLag1Model).member("size_lag1_recorded", fidelity.sizeLag1Real);
    json.member("size_gap_model", fidelity.sizeGapModel).member("size_gap_recorded", fidelity.sizeGapReal);
    json.endObject();
}

void putMask(JsonWriter& json, const mask::MaskProfile& mask)
{
    json.member("id", mask.id).member("version", std::uint32_t{mask.version});
    json.member("protocol", mask::nameOf(mask.protocol));
    json.member("created_at", mask.createdAt).member("expires_at", mask.expiresAt);
    json.member("generated", mask.generated).member("signed", mask::isSigned(mask));
    putHeader(json, mask);
    json.key("sizes").beginObject().member("law", mask::nameOf(mask.sizes.type));
    if (mask.sizes.family)
        json.member("family", mask::nameOf(*mask.sizes.family));
    json.member("bins", std::uint64_t{mask.sizes.bins.size()}).endObject();
    json.key("gaps").beginObject().member("law", mask::nameOf(mask.gaps.family));
    json.member("numbers", std::uint64_t{mask.gaps.parameters.size()}).endObject();
    json.member("joint_law", mask.joint.has_value());
    json.member("states", std::uint64_t{mask.states.size()});
    json.member("reverse", mask.reverse != nullptr);
    json.key("signature_vector").beginArray();
    for (const float number : mask.signatureVector)
        json.value(shortened(number));
    json.endArray();
    if (!mask.extension)
        return;
    const mask::Extension& extension = *mask.extension;
    json.key("made_from").beginObject().member("recording", extension.recording).member("service", extension.service);
    json.member("made_by", extension.madeBy).member("windows", extension.windows);
    json.member("window_packets", extension.windowPackets).member("report", extension.report);
    if (!extension.signedBy.empty())
        json.member("signed_by", extension.signedBy);
    json.key("captures").beginArray();
    for (const std::string& capture : extension.captures)
        json.value(capture);
    json.endArray().endObject();
}

void putRemarks(JsonWriter& json, const std::vector<mask::Remark>& remarks)
{
    json.key("remarks").beginArray();
    for (const mask::Remark& remark : remarks)
        json.beginObject()
            .member("rule", remark.rule)
            .member("field", remark.field)
            .member("text", remark.text)
            .endObject();
    json.endArray();
}

void putRefusal(JsonWriter& json, const mask::Refusal& refusal)
{
    json.key("refused").beginObject().member("rule", refusal.rule).member("field", refusal.field);
    json.member("reason", refusal.reason).member("sentence", mask::refusalError(refusal).message).endObject();
}

void putVerification(JsonWriter& json, const mask::Verification& verification, const std::vector<mask::PublicKey>& keys)
{
    json.member("signature", mask::nameOf(verification.state));
    const bool valid = verification.state == mask::SignatureState::Valid;
    if (valid) {
        json.member("key", mask::keyId(keys[verification.key]));
        json.member("numbers_read", verification.reading == mask::NumberReading::Nearest ? "exactly" : "in two steps");
        json.member("exponents", verification.plusExponents ? "with plus signs" : "plain");
    }
    json.member("reverse_signature", mask::nameOf(verification.reverse));
}

} // namespace timbre::cli
