// The voice call of conversations.h: SIP sets it up, RTP carries sound both ways every 20 ms, SIP ends it.

#include "tests/generator/conversations.h"
#include "tests/generator/voice_message.h"

namespace timbre::generator {

namespace {

constexpr std::uint64_t kFrameNs = 20 * kMillisecondNs;

/// One direction of the media. Timestamps go on while nothing is sent.
class RtpDirection {
public:
    explicit RtpDirection(Random random)
        : m_random(random)
        , m_voice(m_random.fork())
        , m_sequence(low16(m_random.next()))
        , m_timestamp(low32(m_random.next()))
        , m_source(low32(m_random.next()))
    {
    }

    /// The next 20 ms; empty while silent under DTX.
    [[nodiscard]] Bytes next(bool talking, bool discontinuous)
    {
        const std::uint32_t timestamp = m_timestamp;
        m_timestamp += VoiceSource::kFrameBytes;
        const bool first = !m_started || (talking && !m_wasTalking);
        m_wasTalking = talking;
        if (!talking && discontinuous && m_started) {
            return {};
        }
        m_started = true;
        return rtpPacket({0, first, m_sequence++, timestamp, m_source}, m_voice.frame(talking));
    }

    /// Up to 1.5 ms of scheduling jitter.
    [[nodiscard]] std::uint64_t jitterNs() { return m_random.below(1'500) * kMicrosecondNs; }

private:
    Random m_random;
    VoiceSource m_voice;
    std::uint16_t m_sequence;
    std::uint32_t m_timestamp;
    std::uint32_t m_source;
    bool m_started = false;
    bool m_wasTalking = false;
};

SipDialog dialogOf(World& world, const VoiceCall& call)
{
    SipDialog dialog;
    dialog.caller = {call.caller, 5060};
    dialog.callee = {call.callee, 5060};
    const auto mediaPort = [&world] { return low16(16'384 + 2 * world.random.below(8'000)); };
    dialog.callerMedia = {call.caller, mediaPort()};
    dialog.calleeMedia = {call.callee, mediaPort()};
    dialog.callId = world.random.hex(20) + "@voice.example";
    dialog.callerTag = world.random.hex(8);
    dialog.calleeTag = world.random.hex(8);
    dialog.branch = world.random.hex(10);
    return dialog;
}

std::uint64_t talk(World& world, const SipDialog& dialog, const VoiceCall& call, std::uint64_t startNs)
{
    UdpFlow media(world, dialog.callerMedia, dialog.calleeMedia, "rtp");
    RtpDirection directions[2] = {RtpDirection(world.random.fork()), RtpDirection(world.random.fork())};
    std::size_t speaker = 0;
    std::uint64_t turnEndNs = startNs;
    const std::uint64_t endNs = startNs + call.seconds * kSecondNs;
    for (std::uint64_t now = startNs; now < endNs; now += kFrameNs) {
        if (now >= turnEndNs) {
            speaker = world.random.below(5) == 0 ? 2 : 1 - speaker % 2; // 2: both listen to each other's breath
            turnEndNs = now + world.random.between(800, 3'500) * kMillisecondNs;
        }
        for (const Side side : {Side::Client, Side::Server}) {
            RtpDirection& direction = directions[indexOf(side)];
            const Bytes packet = direction.next(speaker == indexOf(side), call.discontinuous);
            if (!packet.empty()) {
                const std::uint64_t shift = side == Side::Server ? 7 * kMillisecondNs : 0;
                media.send(side, now + shift + direction.jitterNs(), packet);
            }
        }
    }
    return endNs;
}

} // namespace

std::uint64_t voiceCall(World& world, const VoiceCall& call, std::uint64_t startNs)
{
    const SipDialog dialog = dialogOf(world, call);
    UdpFlow signalling(world, dialog.caller, dialog.callee, "sip");
    std::uint64_t now = startNs;
    signalling.send(Side::Client, now, sipRequest(dialog, SipMethod::Invite), "call begins");
    signalling.send(Side::Server, now += 20 * kMillisecondNs, sipResponse(dialog, SipMethod::Invite, 100, "Trying"));
    signalling.send(Side::Server, now += 300 * kMillisecondNs, sipResponse(dialog, SipMethod::Invite, 180, "Ringing"));
    signalling.send(Side::Server, now += 2'400 * kMillisecondNs, sipResponse(dialog, SipMethod::Invite, 200, "OK"));
    signalling.send(Side::Client, now += 30 * kMillisecondNs, sipRequest(dialog, SipMethod::Ack));
    now = talk(world, dialog, call, now + 10 * kMillisecondNs) + 50 * kMillisecondNs;
    signalling.send(Side::Client, now, sipRequest(dialog, SipMethod::Bye), "call ends");
    signalling.send(Side::Server, now += 25 * kMillisecondNs, sipResponse(dialog, SipMethod::Bye, 200, "OK"));
    return now;
}

} // namespace timbre::generator
