// The classes of speech: each draws a codec's settings and runs a call of two talkers.

#include "engine/audio/simulated_calls_private.h"
#include "engine/audio/simulated_speech_private.h"
#include "engine/protocol/wzp.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>

namespace timbre::audio {

namespace {

struct MadePacket {
    Octets payload;
    bool marker = false;
    std::optional<std::uint8_t> type; // another than the call's
};
/// Asked once per packet time; nothing: silence, nothing is sent.
using Encoder = std::function<std::optional<MadePacket>(double seconds)>;

struct CallSettings {
    std::uint8_t payloadType = 0;
    std::string_view format; // for the session description; empty for static types
    std::uint32_t clockHz = 8000;
    std::uint32_t packetMs = 20;
    bool secure = false;
};
using MakeEncoder = std::function<Encoder(const TalkPlan&, std::size_t side)>;

constexpr std::uint32_t kPacketTimes[] = {10, 20, 20, 20, 20, 30, 40, 60};
constexpr std::uint32_t kMinStreamPackets = 150; // of these, enough are left when the network loses some

std::uint8_t dynamicType(Dice& dice)
{
    return static_cast<std::uint8_t>(dice.whole(96, 127));
}

void encrypt(Octets& payload, Dice& dice)
{
    const std::size_t size = payload.size() + 10;
    payload.clear();
    dice.fill(payload, size);
}

void runSide(SimulatedCall& call, const CallSettings& settings, const TalkPlan& plan, std::size_t side,
             RtpSource& source, const Encoder& encode, Dice& dice)
{
    SimulatedPath path(call, static_cast<flow::Side>(side), drawNetwork(dice), dice);
    const double skew = 1.0 + dice.between(-1e-4, 1e-4);
    const double step = settings.packetMs / 1000.0;
    const double begin = dice.between(0.0, 0.3);
    const std::uint32_t ticks = settings.clockHz * settings.packetMs / 1000;
    const bool sendsReports = dice.chance(0.6);
    const std::uint8_t reportPath = dice.chance(0.4) ? 0 : 1;
    double nextReport = dice.between(1.0, 5.0);
    const auto other = static_cast<std::uint32_t>(dice.bits());
    for (double t = 0.0; t < plan.seconds; t += step) {
        if (auto made = encode(t))
            path.send(begin + t * skew, source.packet(made->payload, made->marker, made->type));
        source.advance(ticks);
        if (sendsReports && t >= nextReport) {
            path.send(begin + t * skew, rtcpReport(source, other, t), reportPath);
            nextReport += dice.between(2.5, 7.5);
        }
    }
}

void setUp(SimulatedCall& call, const CallSettings& settings, Dice& dice)
{
    SimulatedNetwork calm;
    for (const std::size_t side : {0, 1}) {
        SimulatedPath path(call, static_cast<flow::Side>(side), calm, dice);
        const double begin = -1.0 + 0.5 * static_cast<double>(side);
        if (settings.secure && dice.chance(0.8)) {
            path.send(begin, stunBinding(dice, side == 1));
            path.send(begin + 0.1, dtlsRecord(dice));
        } else if (dice.chance(0.5)) {
            path.send(begin,
                      sipMessage(static_cast<flow::Side>(side), settings.payloadType, settings.format, settings.secure),
                      2);
        }
    }
}

SimulatedCall runCall(const CallSettings& settings, const MakeEncoder& makeEncoder, Dice& dice)
{
    SimulatedCall call;
    const TalkPlan plan = drawTalk(dice);
    if (dice.chance(0.6))
        setUp(call, settings, dice);
    const bool extension = settings.secure && dice.chance(0.7);
    for (std::size_t side = plan.oneWay ? 1 : 0; side < 2; ++side) {
        RtpSource source(dice, settings.payloadType);
        source.useExtension(extension);
        runSide(call, settings, plan, side, source, makeEncoder(plan, side), dice);
        call.streams += source.packets() >= kMinStreamPackets ? 1 : 0;
    }
    sortByTime(call);
    return call;
}

// ---- G.711

Encoder g711Encoder(const TalkPlan& plan, std::size_t side, bool mu, std::uint32_t packetMs, Dice& dice)
{
    auto voice = std::make_shared<VoiceSource>(plan, side, dice);
    return [=](double) -> std::optional<MadePacket> {
        MadePacket made;
        for (std::uint32_t i = 0; i < packetMs * 8; ++i)
            made.payload.push_back(mu ? encodeMu(voice->sample()) : encodeA(voice->sample()));
        return made;
    };
}

/// What a voice activity detector adds: nothing in pauses but, now and then, a description of the noise.
struct SilenceRule {
    double hangover = 0.1;   // seconds after talk that are still sent
    double noiseEvery = 0.0; // seconds between descriptions; 0: only the first, or none
    bool noise = true;       // descriptions at all
    bool marks = true;       // the first packet after a pause
    std::size_t noiseBytes = 1;
    std::optional<std::uint8_t> noiseType;
};

SilenceRule drawSilence(Dice& dice)
{
    SilenceRule rule;
    rule.hangover = dice.between(0.04, 0.25);
    rule.noise = dice.chance(0.85);
    rule.noiseEvery = dice.chance(0.3) ? 0.0 : dice.between(0.1, 1.0);
    rule.marks = dice.chance(0.85);
    rule.noiseBytes = dice.chance(0.7) ? 1 : static_cast<std::size_t>(dice.whole(2, 11));
    return rule;
}

Encoder withSilence(Encoder inner, const TalkPlan& plan, std::size_t side, SilenceRule rule, std::uint32_t packetMs,
                    Dice& dice)
{
    struct State {
        bool wasSilent = true;
        double nextNoise = -1.0;
    };
    auto state = std::make_shared<State>();
    const double step = packetMs / 1000.0;
    return [=, &plan, &dice](double t) -> std::optional<MadePacket> {
        std::optional<MadePacket> made = inner(t); // runs on in silence, as a microphone does
        if (plan.talks(side, t - rule.hangover, t + step)) {
            if (made)
                made->marker = rule.marks && state->wasSilent;
            state->wasSilent = false;
            state->nextNoise = t + step;
            return made;
        }
        state->wasSilent = true;
        if (!rule.noise || state->nextNoise < 0.0 || t < state->nextNoise)
            return std::nullopt;
        state->nextNoise = rule.noiseEvery > 0.0 ? t + rule.noiseEvery : 1e9;
        MadePacket noise;
        dice.fill(noise.payload, rule.noiseBytes);
        noise.type = rule.noiseType;
        return noise;
    };
}

CallSettings g711Settings(Dice& dice)
{
    CallSettings settings;
    settings.payloadType = dice.chance(0.5) ? 0 : 8;
    settings.packetMs = dice.oneOf(kPacketTimes);
    return settings;
}

// ---- Frames of fixed size

Encoder fixedEncoder(std::size_t bytes, std::size_t stillBytes, bool encrypted, Dice& dice)
{
    Octets head; // bytes that keep still
    dice.fill(head, stillBytes);
    return [=, &dice](double) -> std::optional<MadePacket> {
        MadePacket made;
        made.payload = head;
        dice.fill(made.payload, bytes - stillBytes);
        if (encrypted)
            encrypt(made.payload, dice);
        return made;
    };
}

// ---- Opus

Encoder opusEncoder(const TalkPlan& plan, std::size_t side, std::uint32_t packetMs, double bps, bool constant,
                    bool encrypted, Dice& dice)
{
    auto voice = std::make_shared<VoiceSource>(plan, side, dice);
    auto drift = std::make_shared<double>(0.0);
    const auto contents = static_cast<std::uint8_t>(dice.whole(0, 31) << 3);
    const double mean = bps / 8.0 * packetMs / 1000.0;
    const double spread = dice.between(0.25, 0.6);
    const double rough = dice.chance(0.85) ? dice.between(0.02, 0.12) : dice.between(0.12, 0.3);
    const bool steady = dice.chance(0.15); // an encoder that knows talk and pause and nothing between
    return [=, &plan, &dice](double t) -> std::optional<MadePacket> {
        double energy = 0.0;
        for (std::uint32_t i = 0; i < packetMs / 10; ++i)
            energy = voice->energy(t + i / 100.0);
        *drift += dice.normal(-0.15 * *drift, 0.05);
        double size = mean;
        if (!constant && steady)
            size = (plan.talks(side, t, t) ? 1.2 : 0.3) * mean * (1.0 + dice.normal(0.0, 0.12));
        else if (!constant)
            size = mean * (1.0 + spread * (energy * 1.8 - 0.8) + *drift + dice.normal(0.0, rough));
        MadePacket made;
        made.payload.push_back(static_cast<std::byte>(contents));
        dice.fill(made.payload, static_cast<std::size_t>(std::clamp(size, 6.0, 1200.0)) - 1);
        if (encrypted)
            encrypt(made.payload, dice);
        return made;
    };
}

SimulatedCall opusCall(Dice& dice, bool constant, bool mayPause)
{
    CallSettings settings;
    settings.payloadType = dice.chance(0.5) ? 111 : dynamicType(dice);
    settings.format = "opus/48000/2";
    settings.clockHz = 48'000;
    settings.packetMs = dice.oneOf(kPacketTimes);
    settings.packetMs = settings.packetMs == 30 ? 20 : settings.packetMs; // Opus has none of 30
    settings.secure = dice.chance(0.5);
    const double bps = std::exp(dice.between(std::log(10'000.0), std::log(64'000.0)));
    SilenceRule rule;
    rule.hangover = 0.2;
    rule.noiseEvery = 0.4;
    rule.marks = dice.chance(0.5);
    rule.noiseBytes = static_cast<std::size_t>(settings.secure ? dice.whole(11, 13) : dice.whole(1, 3));
    return runCall(
        settings,
        [&](const TalkPlan& plan, std::size_t side) {
            Encoder encoder = opusEncoder(plan, side, settings.packetMs, bps, constant, settings.secure, dice);
            return mayPause ? withSilence(encoder, plan, side, rule, settings.packetMs, dice) : encoder;
        },
        dice);
}

} // namespace

SimulatedCall g711Call(Dice& dice)
{
    const CallSettings settings = g711Settings(dice);
    return runCall(
        settings,
        [&](const TalkPlan& plan, std::size_t side) {
            return g711Encoder(plan, side, settings.payloadType == 0, settings.packetMs, dice);
        },
        dice);
}

SimulatedCall g711SilenceCall(Dice& dice)
{
    const CallSettings settings = g711Settings(dice);
    SilenceRule rule = drawSilence(dice);
    rule.noiseType = 13;
    return runCall(
        settings,
        [&](const TalkPlan& plan, std::size_t side) {
            return withSilence(g711Encoder(plan, side, settings.payloadType == 0, settings.packetMs, dice), plan, side,
                               rule, settings.packetMs, dice);
        },
        dice);
}

SimulatedCall g729Call(Dice& dice)
{
    CallSettings settings;
    settings.payloadType = 18;
    settings.packetMs = dice.oneOf(kPacketTimes);
    SilenceRule rule = drawSilence(dice);
    rule.noiseBytes = 2;
    const bool annexB = dice.chance(0.5);
    const std::size_t bytes = settings.packetMs;
    return runCall(
        settings,
        [&](const TalkPlan& plan, std::size_t side) {
            const Encoder encoder = fixedEncoder(bytes, 0, false, dice);
            return annexB ? withSilence(encoder, plan, side, rule, settings.packetMs, dice) : encoder;
        },
        dice);
}

SimulatedCall opusVariableCall(Dice& dice)
{
    return opusCall(dice, false, dice.chance(0.5));
}

SimulatedCall opusConstantCall(Dice& dice)
{
    return opusCall(dice, true, true);
}

SimulatedCall amrCall(Dice& dice)
{
    static constexpr std::size_t kNarrow[] = {13, 14, 16, 18, 20, 21, 27, 32};
    static constexpr std::size_t kWide[] = {18, 24, 33, 37, 41, 47, 51, 59, 61};
    CallSettings settings;
    const bool wide = dice.chance(0.4);
    settings.payloadType = dynamicType(dice);
    settings.format = wide ? "AMR-WB/16000" : "AMR/8000";
    settings.clockHz = wide ? 16'000 : 8000;
    settings.secure = dice.chance(0.15);
    const auto drawBytes = [wide](Dice& d) { return wide ? d.oneOf(kWide) : d.oneOf(kNarrow); };
    const std::size_t bytes = drawBytes(dice);
    const double adapts = dice.chance(0.3) ? dice.between(0.005, 0.05) : 0.0; // to the network, by packet
    SilenceRule rule;
    rule.hangover = 0.14;
    rule.noiseEvery = 0.16;
    rule.marks = dice.chance(0.8);
    rule.noiseBytes = settings.secure ? 17 : 7;
    const bool pauses = dice.chance(0.9);
    return runCall(
        settings,
        [&](const TalkPlan& plan, std::size_t side) {
            auto now = std::make_shared<std::size_t>(bytes);
            const bool secure = settings.secure;
            const Encoder largest = fixedEncoder(kWide[8], 2, false, dice);
            const Encoder encoder = [=, &dice](double t) {
                std::optional<MadePacket> made = largest(t);
                if (dice.chance(adapts))
                    *now = drawBytes(dice);
                made->payload.resize(*now);
                if (secure)
                    encrypt(made->payload, dice);
                return made;
            };
            return pauses ? withSilence(encoder, plan, side, rule, settings.packetMs, dice) : encoder;
        },
        dice);
}

namespace {

void runWzpSide(SimulatedCall& call, const TalkPlan& plan, std::size_t side, std::uint8_t codec, bool old, Dice& dice)
{
    SimulatedPath path(call, static_cast<flow::Side>(side), drawNetwork(dice), dice);
    const protocol::WzpCodec& kind = protocol::kWzpCodecs[codec];
    const bool codec2 = codec == 3 || codec == 4;
    const std::size_t fixed = codec == 3 ? 8 : 6;
    const Encoder encode = codec2 ? fixedEncoder(fixed, 0, false, dice)
                                  : opusEncoder(plan, side, kind.frameMs, kind.nominalBps, false, false, dice);
    const bool noiseInPauses = dice.chance(0.7);
    const std::uint64_t qualityEvery = dice.chance(0.7) ? static_cast<std::uint64_t>(dice.whole(5, 100)) : 0;
    std::uint32_t sequence = old ? static_cast<std::uint32_t>(dice.whole(0, 65'535)) : 0;
    std::uint64_t sent = 0;
    for (double t = 0.0; t < plan.seconds; t += kind.frameMs / 1000.0) {
        auto made = encode(t);
        const bool talks = plan.talks(side, t - 0.1, t + 0.04);
        const bool quality = qualityEvery > 0 && sent++ % qualityEvery == 0;
        const bool noise = !talks && noiseInPauses;
        if (noise)
            made->payload.resize(std::min<std::size_t>(2, made->payload.size()));
        const unsigned id = noise ? protocol::kWzpComfortNoise : codec;
        const auto ms = static_cast<std::uint32_t>(std::lround(t * 1000.0));
        Octets bytes;
        if (old) {
            putBe(bytes, id << 2U | (quality ? 2U : 0U), 1);
            putBe(bytes, 0, 1);
            putBe(bytes, sequence++ & 0xffffU, 2);
            putBe(bytes, ms, 4);
            putBe(bytes, 0, 4);
        } else {
            putBe(bytes, 0x0200U | (quality ? 0x40U : 0U), 2);
            putBe(bytes, id, 2);
            putBe(bytes, 0, 2);
            putBe(bytes, sequence++, 4);
            putBe(bytes, ms, 4);
            putBe(bytes, 0, 2);
        }
        bytes.insert(bytes.end(), made->payload.begin(), made->payload.end());
        if (quality)
            putBe(bytes, 0x00100540, 4);
        path.send(t, std::move(bytes));
    }
    call.streams += sequence >= kMinStreamPackets ? 1 : 0;
}

SimulatedCall wzpCall(Dice& dice, std::initializer_list<std::uint8_t> codecs)
{
    SimulatedCall call;
    const TalkPlan plan = drawTalk(dice);
    const auto pick = static_cast<std::size_t>(dice.whole(0, static_cast<std::int64_t>(codecs.size()) - 1));
    const std::uint8_t codec = codecs.begin()[pick];
    const bool old = dice.chance(0.3);
    for (std::size_t side = plan.oneWay ? 1 : 0; side < 2; ++side)
        runWzpSide(call, plan, side, codec, old, dice);
    sortByTime(call);
    return call;
}

} // namespace

SimulatedCall codec2Call(Dice& dice)
{
    return wzpCall(dice, {3, 4});
}

SimulatedCall wzpOpusCall(Dice& dice)
{
    return wzpCall(dice, {0, 1, 2, 6, 7, 8});
}

} // namespace timbre::audio
