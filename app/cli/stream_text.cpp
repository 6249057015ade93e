#include "app/cli/stream_text.h"

#include "app/cli/text_table.h"
#include "engine/audio/exact_reasons.h"

#include <fmt/format.h>

namespace timbre::cli {

namespace {

JsonWriter& putOptional(JsonWriter& json, std::string_view name, const std::optional<double>& value)
{
    json.key(name);
    return value ? json.value(*value) : json.null();
}

void putEnd(JsonWriter& json, std::string_view name, const audio::StreamEnd& end)
{
    json.key(name).beginObject().member("address", toString(end.address)).member("port", int{end.port}).endObject();
}

void putReasons(JsonWriter& json, const std::vector<audio::Reason>& reasons)
{
    json.key("reasons").beginArray();
    for (const audio::Reason& reason : reasons)
        json.beginObject()
            .member("name", reason.name)
            .member("text", reason.text)
            .member("value", reason.value)
            .member("low", reason.low)
            .member("high", reason.high)
            .member("unit", reason.unit)
            .member("weight", reason.weight)
            .endObject();
    json.endArray();
}

void putExact(JsonWriter& json, const audio::StreamReport& stream)
{
    const audio::ScorerResult& exact = stream.exact;
    json.key("exact").beginObject();
    json.member("codec", protocol::kWzpCodecs[stream.exactCodec].name).member("packets", exact.packets);
    json.key("score");
    if (exact.score)
        json.value(static_cast<double>(*exact.score));
    else
        json.null();
    json.member("verdict", audio::toString(exact.verdict));
    putOptional(json, "gap_variation", exact.features.gapVariation);
    json.member("silence_fraction", exact.features.silenceFraction);
    putOptional(json, "bitrate_ratio", exact.features.bitrateRatio);
    putOptional(json, "quality_variation", exact.features.qualityVariation);
    putOptional(json, "size_bimodality", exact.features.bimodality);
    putReasons(json, audio::exactReasons(exact));
    json.endObject();
}

void putCalibrated(JsonWriter& json, const audio::StreamReport& stream)
{
    const audio::CalibratedVerdict& verdict = stream.calibrated;
    json.key("calibrated").beginObject();
    json.member("verdict", audio::toString(verdict.verdict))
        .member("confidence", verdict.confidence)
        .member("probability", verdict.probability);
    if (verdict.missing != audio::Missing::Nothing)
        json.member("missing", stream.missing());
    putReasons(json, verdict.reasons);
    json.endObject();
}

void putCounts(JsonWriter& json, const audio::StreamReport& stream)
{
    json.member("first", formatUtc(stream.first))
        .member("last", formatUtc(stream.last))
        .member("duration_s", stream.seconds())
        .member("first_packet", stream.firstPacket)
        .member("last_packet", stream.lastPacket)
        .member("packets", stream.packets)
        .member("payload_bytes", stream.payloadBytes)
        .member("expected", stream.expected)
        .member("lost", stream.lost)
        .member("loss", stream.lossShare())
        .member("duplicates", stream.duplicates)
        .member("late", stream.late)
        .member("reports", stream.reports)
        .member("clock_hz", stream.clockHz);
    putOptional(json, "jitter_ms", stream.jitterMs);
}

std::string endText(const audio::StreamEnd& end)
{
    const std::string address = toString(end.address);
    return end.address.family == IpFamily::V6 ? fmt::format("[{}]:{}", address, end.port)
                                              : fmt::format("{}:{}", address, end.port);
}

std::string scoreText(const audio::ScorerResult& exact)
{
    return exact.score ? fmt::format("{:.2f} {}", *exact.score, audio::toString(exact.verdict)) : std::string();
}

} // namespace

void putStream(JsonWriter& json, const audio::StreamReport& stream)
{
    json.beginObject().member("stream", stream.index).member("flow", stream.flow);
    json.member("side", flow::toString(stream.side));
    putEnd(json, "source", stream.source);
    putEnd(json, "destination", stream.destination);
    json.member("protocol", audio::toString(stream.kind))
        .member("found_by", audio::toString(stream.foundBy))
        .member("inside", protocol::toString(stream.wrapping))
        .member("media", audio::toString(stream.media))
        .member("ssrc", stream.ssrc)
        .member("codec", stream.codec);
    json.key("payload_types").beginArray();
    for (const std::uint8_t type : stream.payloadTypes)
        json.value(int{type});
    json.endArray();
    putCounts(json, stream);
    putExact(json, stream);
    putCalibrated(json, stream);
    if (stream.quality)
        json.key("quality_estimate")
            .beginObject()
            .member("model", "E-model")
            .member("mos", stream.quality->mos)
            .member("rating", stream.quality->rating)
            .member("delay_ms", stream.quality->delayMs)
            .member("delay_measured", stream.quality->delayMeasured)
            .member("codec_known", stream.quality->codecKnown)
            .endObject();
    json.endObject();
}

void writeStreams(std::string& out, const audio::StreamList& streams)
{
    TextTable table(out, {{"flow", true},
                          {"from", false},
                          {"to", false},
                          {"codec", false},
                          {"packets", true},
                          {"lost", true},
                          {"jitter", true},
                          {"seconds", true},
                          {"exact", false},
                          {"calibrated", false},
                          {"confidence", true}});
    for (const auto& stream : streams.streams) {
        const audio::CalibratedVerdict& verdict = stream->calibrated;
        const bool judged = verdict.verdict != audio::Verdict::NotEnough;
        table.add({fmt::format("{}", stream->flow), endText(stream->source), endText(stream->destination),
                   stream->codec, fmt::format("{}", stream->packets),
                   fmt::format("{:.1f} %", stream->lossShare() * 100),
                   stream->jitterMs ? fmt::format("{:.2f} ms", *stream->jitterMs) : std::string(),
                   fmt::format("{:.1f}", stream->seconds()), scoreText(stream->exact),
                   judged ? std::string(audio::toString(verdict.verdict)) : "– " + stream->missing(),
                   judged ? fmt::format("{:.0f} %", verdict.confidence * 100) : std::string()});
    }
    table.finish();
}

} // namespace timbre::cli
