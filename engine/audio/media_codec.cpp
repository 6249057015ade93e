#include "engine/audio/media_codec.h"

#include "engine/protocol/wzp.h"

#include <algorithm>
#include <cstdlib>

namespace timbre::audio {

namespace {

constexpr std::uint32_t kMaxPacketMs = 120; // longest packet of any voice codec

constexpr MediaCodec samples(std::string_view name, std::uint32_t clockHz, std::uint32_t bps, double impairment = 0)
{
    return {.name = name,
            .kind = CodecKind::Samples,
            .clockHz = clockHz,
            .nominalBps = bps,
            .maxBps = bps,
            .frameMs = 1,
            .impairment = impairment};
}

constexpr MediaCodec variable(std::string_view name, std::uint32_t clockHz, std::uint32_t bps, std::uint32_t maxBps,
                              double impairment = 5, double robustness = 15)
{
    return {.name = name,
            .kind = CodecKind::Variable,
            .clockHz = clockHz,
            .nominalBps = bps,
            .maxBps = maxBps,
            .frameMs = 20,
            .silentBytes = 3,
            .impairment = impairment,
            .lossRobustness = robustness};
}

constexpr MediaCodec video(std::string_view name)
{
    return {.name = name, .kind = CodecKind::Video, .clockHz = 90'000};
}

constexpr MediaCodec kUnknown{.name = "unknown", .kind = CodecKind::Unknown};
constexpr MediaCodec kUnknownVideo = video("video");
constexpr MediaCodec kPcmu = samples("PCMU", 8000, 64'000);
constexpr MediaCodec kPcma = samples("PCMA", 8000, 64'000);
// RFC 3551 4.5.2 gives it a clock of 8,000 by an error that became the rule; not all follow: the clock is found out.
constexpr MediaCodec kG722 = samples("G722", 0, 64'000);
constexpr MediaCodec kL16 = samples("L16", 44'100, 705'600);
constexpr MediaCodec kL16Stereo = samples("L16", 44'100, 1'411'200);
constexpr MediaCodec kNoise{.name = "comfort noise", .kind = CodecKind::Noise, .clockHz = 8000};
constexpr MediaCodec kEvents{.name = "telephone-event", .kind = CodecKind::Events, .clockHz = 8000};
constexpr MediaCodec kGsm{.name = "GSM",
                          .kind = CodecKind::Frames,
                          .clockHz = 8000,
                          .nominalBps = 13'200,
                          .maxBps = 13'200,
                          .frameMs = 20,
                          .frameBytes = {33},
                          .impairment = 20,
                          .lossRobustness = 10};
constexpr MediaCodec kG723{.name = "G723",
                           .kind = CodecKind::Frames,
                           .clockHz = 8000,
                           .nominalBps = 6'300,
                           .maxBps = 6'400,
                           .frameMs = 30,
                           .frameBytes = {24, 20, 4},
                           .silentBytes = 4,
                           .impairment = 15,
                           .lossRobustness = 16.1};
constexpr MediaCodec kG729{.name = "G729",
                           .kind = CodecKind::Frames,
                           .clockHz = 8000,
                           .nominalBps = 8'000,
                           .maxBps = 8'000,
                           .frameMs = 10,
                           .frameBytes = {10, 2},
                           .silentBytes = 2,
                           .impairment = 11,
                           .lossRobustness = 19};
constexpr MediaCodec kG728{.name = "G728",
                           .kind = CodecKind::Frames,
                           .clockHz = 8000,
                           .nominalBps = 16'000,
                           .maxBps = 16'000,
                           .frameMs = 5,
                           .frameBytes = {10},
                           .impairment = 7,
                           .lossRobustness = 17};
constexpr MediaCodec kIlbc{.name = "iLBC",
                           .kind = CodecKind::Frames,
                           .clockHz = 8000,
                           .nominalBps = 15'200,
                           .maxBps = 15'200,
                           .frameMs = 20,
                           .frameBytes = {38, 50},
                           .impairment = 11,
                           .lossRobustness = 32};
// Octet-aligned and bandwidth-efficient packing differ by a byte or two: sizes are bounded, not listed.
constexpr MediaCodec kAmr{.name = "AMR",
                          .kind = CodecKind::Variable,
                          .clockHz = 8000,
                          .nominalBps = 12'200,
                          .maxBps = 14'000,
                          .frameMs = 20,
                          .silentBytes = 8,
                          .impairment = 5,
                          .lossRobustness = 10};
constexpr MediaCodec kAmrWb{.name = "AMR-WB",
                            .kind = CodecKind::Variable,
                            .clockHz = 16'000,
                            .nominalBps = 23'850,
                            .maxBps = 26'000,
                            .frameMs = 20,
                            .silentBytes = 8,
                            .impairment = 5,
                            .lossRobustness = 13};
constexpr MediaCodec kQcelp{.name = "QCELP",
                            .kind = CodecKind::Variable,
                            .clockHz = 8000,
                            .nominalBps = 13'000,
                            .maxBps = 16'000,
                            .frameMs = 20,
                            .silentBytes = 4,
                            .impairment = 20,
                            .lossRobustness = 10};
constexpr MediaCodec kOpus = variable("opus", 48'000, 32'000, 510'000);

struct Named {
    std::string_view name;
    MediaCodec codec;
};

constexpr std::array kNamed = {
    Named{"pcmu", kPcmu},
    Named{"pcma", kPcma},
    Named{"g722", kG722},
    Named{"gsm", kGsm},
    Named{"g723", kG723},
    Named{"g729", kG729},
    Named{"g728", kG728},
    Named{"ilbc", kIlbc},
    Named{"amr", kAmr},
    Named{"amr-wb", kAmrWb},
    Named{"qcelp", kQcelp},
    Named{"opus", kOpus},
    Named{"l16", kL16},
    Named{"cn", kNoise},
    Named{"telephone-event", kEvents},
    Named{"g726-16", samples("G726-16", 8000, 16'000, 50)},
    Named{"g726-24", samples("G726-24", 8000, 24'000, 25)},
    Named{"g726-32", samples("G726-32", 8000, 32'000, 7)},
    Named{"g726-40", samples("G726-40", 8000, 40'000, 2)},
    Named{"evs", variable("EVS", 16'000, 13'200, 130'000)},
    Named{"speex", variable("speex", 0, 15'000, 45'000, 10, 10)},
    Named{"silk", variable("SILK", 0, 20'000, 80'000)},
    Named{"isac", variable("iSAC", 16'000, 32'000, 60'000)},
    Named{"g7221", variable("G722.1", 16'000, 24'000, 49'000)},
    Named{"siren", variable("Siren", 16'000, 16'000, 33'000)},
    Named{"x-msrta", variable("RTAudio", 0, 29'000, 60'000)},
    Named{"mp4a-latm", variable("AAC", 0, 64'000, 600'000, 0, 10)},
    Named{"mpeg4-generic", variable("AAC", 0, 64'000, 600'000, 0, 10)},
    Named{"mpa", variable("MPEG audio", 90'000, 128'000, 450'000, 0, 10)},
    Named{"red", variable("redundant audio", 0, 32'000, 600'000)},
    Named{"codec2",
          {.name = "Codec2",
           .kind = CodecKind::Variable,
           .clockHz = 8000,
           .nominalBps = 2'400,
           .maxBps = 3'200,
           .frameMs = 20,
           .impairment = 30,
           .lossRobustness = 10}},
    Named{"h264", video("H264")},
    Named{"h265", video("H265")},
    Named{"vp8", video("VP8")},
    Named{"vp9", video("VP9")},
    Named{"av1", video("AV1")},
    Named{"h263", video("H263")},
    Named{"h263-1998", video("H263")},
    Named{"h261", video("H261")},
    Named{"jpeg", video("JPEG")},
    Named{"mp4v-es", video("MPEG-4")},
    Named{"rtx", video("retransmissions")},
    Named{"ulpfec", video("error correction")},
    Named{"flexfec-03", video("error correction")},
    Named{"mp2t", video("MPEG-2 TS")},
};

/// RFC 3551, tables 4 and 5.
constexpr std::array<MediaCodec, 35> makeStatic()
{
    std::array<MediaCodec, 35> table{};
    table.fill(kUnknown);
    table[0] = kPcmu;
    table[3] = kGsm;
    table[4] = kG723;
    table[5] = samples("DVI4", 8000, 32'000);
    table[6] = samples("DVI4", 16'000, 64'000);
    table[7] = variable("LPC", 8000, 5'600, 6'000, 30, 10);
    table[8] = kPcma;
    table[9] = kG722;
    table[10] = kL16Stereo;
    table[11] = kL16;
    table[12] = kQcelp;
    table[13] = kNoise;
    table[14] = variable("MPEG audio", 90'000, 128'000, 450'000, 0, 10);
    table[15] = kG728;
    table[16] = samples("DVI4", 11'025, 44'100);
    table[17] = samples("DVI4", 22'050, 88'200);
    table[18] = kG729;
    table[19] = kNoise; // what early drafts used
    table[25] = video("CelB");
    table[26] = video("JPEG");
    table[28] = video("nv");
    table[31] = video("H261");
    table[32] = video("MPEG video");
    table[33] = video("MPEG-2 TS");
    table[34] = video("H263");
    return table;
}

constexpr std::array<MediaCodec, 35> kStatic = makeStatic();

constexpr std::array<MediaCodec, protocol::kWzpCodecs.size()> makeWzp()
{
    std::array<MediaCodec, protocol::kWzpCodecs.size()> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        const protocol::WzpCodec& codec = protocol::kWzpCodecs[i];
        table[i] = variable(codec.name, 1000, codec.nominalBps, codec.nominalBps * 5 / 2);
        table[i].frameMs = codec.frameMs;
    }
    for (const std::size_t codec2 : {3, 4}) {
        table[codec2].kind = CodecKind::Frames;
        table[codec2].maxBps = table[codec2].nominalBps;
        table[codec2].silentBytes = 0;
        table[codec2].impairment = 30;
    }
    table[3].frameBytes = {8};
    table[4].frameBytes = {6};
    table[protocol::kWzpComfortNoise].kind = CodecKind::Noise;
    table[protocol::kWzpVideo].kind = CodecKind::Video;
    return table;
}

constexpr auto kWzp = makeWzp();

bool fitsSamples(const MediaCodec& codec, std::uint32_t bytes)
{
    // Whole periods of 2.5 ms: packets of 10, 20, 30 … ms and what some gateways cut out of them.
    const std::uint32_t quantum = std::max(1U, codec.nominalBps / 8 / 400);
    return bytes <= codec.nominalBps / 8 * kMaxPacketMs / 1000 && bytes % quantum == 0;
}

bool fitsFrames(const MediaCodec& codec, std::uint32_t bytes)
{
    if (bytes == 0)
        return true;
    for (const std::uint32_t frame : codec.frameBytes) {
        if (frame == 0)
            break;
        // Whole frames, with a frame of silence behind them as G.729 annex B has it.
        const std::uint32_t rest = bytes % frame;
        const bool silenceBehind = codec.silentBytes > 0 && rest == codec.silentBytes;
        if ((rest == 0 || silenceBehind) && bytes / frame * codec.frameMs <= kMaxPacketMs)
            return true;
    }
    return false;
}

} // namespace

const MediaCodec& unknownCodec()
{
    return kUnknown;
}

const MediaCodec& unknownVideo()
{
    return kUnknownVideo;
}

const MediaCodec& staticCodec(std::uint8_t payloadType)
{
    return payloadType < kStatic.size() ? kStatic[payloadType] : kUnknown;
}

const MediaCodec& codecByName(std::string_view name)
{
    const auto found = std::find_if(kNamed.begin(), kNamed.end(), [name](const Named& n) { return n.name == name; });
    return found == kNamed.end() ? kUnknown : found->codec;
}

const MediaCodec& wzpCodec(std::uint8_t id)
{
    return kWzp[id];
}

std::uint8_t scorerCodec(const MediaCodec& codec)
{
    if (codec.kind == CodecKind::Noise)
        return protocol::kWzpComfortNoise;
    if (codec.kind == CodecKind::Video)
        return protocol::kWzpVideo;
    if (codec.nominalBps == 0)
        return 0;
    std::uint8_t best = 0;
    const auto distance = [&](std::uint8_t id) {
        return std::abs(static_cast<std::int64_t>(protocol::kWzpCodecs[id].nominalBps) -
                        std::int64_t{codec.nominalBps});
    };
    for (std::uint8_t id = 1; id < protocol::kWzpCodecs.size(); ++id) {
        const bool voice = id != protocol::kWzpComfortNoise && id != protocol::kWzpVideo;
        if (voice && distance(id) < distance(best))
            best = id;
    }
    return best;
}

bool sizeFits(const MediaCodec& codec, std::uint32_t payloadBytes)
{
    switch (codec.kind) {
    case CodecKind::Samples:
        return fitsSamples(codec, payloadBytes);
    case CodecKind::Frames:
        return fitsFrames(codec, payloadBytes);
    case CodecKind::Variable:
        return payloadBytes <= codec.headerBytes + codec.maxBps / 8 * kMaxPacketMs / 1000;
    case CodecKind::Noise:
        return payloadBytes <= 32;
    case CodecKind::Events:
    case CodecKind::Unknown:
    case CodecKind::Video:
        break;
    }
    return true;
}

} // namespace timbre::audio
