// The classes of tunnels: what users do inside, and how the packets are dressed as a call.

#include "engine/audio/simulated_calls_private.h"
#include "engine/audio/simulated_path_private.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>

namespace timbre::audio {

namespace {

constexpr double kMinStreamSeconds = 3.0;
constexpr std::size_t kMinStreamPackets = 150;
constexpr std::size_t kMostPackets = 12'000; // of one direction

/// A packet inside the tunnel.
struct Inner {
    double seconds = 0.0;
    std::size_t bytes = 0;
};
using InnerTraffic = std::array<std::vector<Inner>, 2>; // by side

/// A page or a file: data one way, acknowledgements the other.
void transfer(InnerTraffic& traffic, double& t, double end, double bytes, double bps, std::size_t sender, Dice& dice)
{
    const double gap = 1380.0 * 8.0 / bps;
    unsigned sinceAck = 0;
    for (double left = bytes; left > 0.0 && t < end; left -= 1380.0) {
        traffic[sender].push_back({t, static_cast<std::size_t>(std::clamp(left, 60.0, 1380.0))});
        if (++sinceAck % 2 == 0)
            traffic[1 - sender].push_back({t + dice.between(0.001, 0.01), 52});
        t += dice.exponential(gap);
    }
}

InnerTraffic drawInner(double seconds, Dice& dice)
{
    InnerTraffic traffic;
    double t = 0.0;
    const double kind = dice.unit();
    const double bps = std::exp(dice.between(std::log(5e5), std::log(2e7)));
    while (t < seconds) {
        if (kind < 0.5) { // web
            traffic[0].push_back({t, static_cast<std::size_t>(dice.whole(80, 700))});
            t += dice.between(0.02, 0.15);
            transfer(traffic, t, seconds, std::exp(dice.normal(std::log(60'000.0), 1.3)), bps, 1, dice);
            t += dice.exponential(dice.chance(0.5) ? 0.2 : 2.0);
        } else if (kind < 0.65) { // a film in pieces
            transfer(traffic, t, seconds, dice.between(3e5, 1.5e6), bps, 1, dice);
            t += dice.between(0.5, 3.0);
        } else if (kind < 0.9) { // one long transfer
            transfer(traffic, t, seconds, 1e9, bps, static_cast<std::size_t>(dice.whole(0, 3) / 3), dice);
        } else { // a shell
            traffic[0].push_back({t, static_cast<std::size_t>(dice.whole(60, 120))});
            traffic[1].push_back({t + 0.03, static_cast<std::size_t>(dice.whole(60, 400))});
            t += dice.exponential(0.12);
        }
    }
    for (auto& side : traffic) {
        std::stable_sort(side.begin(), side.end(),
                         [](const Inner& a, const Inner& b) { return a.seconds < b.seconds; });
        side.resize(std::min(side.size(), kMostPackets));
    }
    return traffic;
}

/// How the tunnel writes RTP headers.
struct Dress {
    enum class Clock : std::uint8_t { Constant, Wall, Random };
    std::uint8_t payloadType = 0;
    std::uint32_t clockHz = 8000;
    std::uint32_t frameMs = 20;
    Clock clock = Clock::Constant;
    bool marks = false;
};

Dress drawDress(Dice& dice)
{
    static constexpr std::uint8_t kTypes[] = {0, 0, 8, 8, 18, 9, 96, 97, 101, 111, 111, 120};
    Dress dress;
    dress.payloadType = dice.oneOf(kTypes);
    dress.clockHz = dress.payloadType == 111 ? 48'000
                    : dress.payloadType < 96 ? 8000
                    : dice.chance(0.5)       ? 8000
                                             : 48'000;
    dress.frameMs = dice.chance(0.8) ? 20 : 30;
    const double clock = dice.unit();
    dress.clock = clock < 0.5 ? Dress::Clock::Constant : clock < 0.85 ? Dress::Clock::Wall : Dress::Clock::Random;
    dress.marks = dice.chance(0.2);
    return dress;
}

/// One direction of a tunnel.
class DressedSource {
public:
    DressedSource(SimulatedCall& call, std::size_t side, Dress dress, Dice& dice)
        : m_path(call, static_cast<flow::Side>(side), drawNetwork(dice), dice)
        , m_source(dice, dress.payloadType)
        , m_dress(dress)
        , m_dice(dice)
    {
    }

    void send(double seconds, std::size_t bytes)
    {
        const std::uint32_t frame = m_dress.clockHz * m_dress.frameMs / 1000;
        switch (m_dress.clock) {
        case Dress::Clock::Constant:
            m_source.advance(frame);
            break;
        case Dress::Clock::Wall:
            m_source.setTimestamp(static_cast<std::uint32_t>(std::llround(seconds * m_dress.clockHz)));
            break;
        case Dress::Clock::Random:
            m_source.advance(static_cast<std::uint32_t>(m_dice.whole(1, 2 * frame)));
            break;
        }
        Octets payload;
        m_dice.fill(payload, bytes);
        m_path.send(seconds, m_source.packet(payload, m_dress.marks && m_dice.chance(0.05)));
        m_begin = m_source.packets() == 1 ? seconds : m_begin;
        m_end = seconds;
    }

    [[nodiscard]] bool countsAsStream() const
    {
        return m_source.packets() >= kMinStreamPackets && m_end - m_begin >= kMinStreamSeconds;
    }

private:
    SimulatedPath m_path;
    RtpSource m_source;
    Dress m_dress;
    Dice& m_dice;
    double m_begin = 0.0;
    double m_end = 0.0;
};

double drawSeconds(Dice& dice)
{
    return std::exp(dice.between(std::log(12.0), std::log(60.0)));
}

/// Sends what waits every `frame` seconds, at most one packet; `size` says how much of it fits.
template<typename Size>
void pace(DressedSource& source, const std::vector<Inner>& inner, double seconds, double frame, bool idles, Size size)
{
    std::size_t next = 0;
    double waiting = 0.0;
    for (double t = 0.0; t < seconds; t += frame) {
        for (; next < inner.size() && inner[next].seconds <= t; ++next)
            waiting += static_cast<double>(inner[next].bytes) + 40.0;
        if (waiting <= 0.0 && !idles)
            continue;
        const std::size_t bytes = size(waiting);
        waiting = std::max(0.0, waiting - static_cast<double>(bytes));
        source.send(t, bytes);
    }
}

} // namespace

SimulatedCall fullSizeTunnel(Dice& dice)
{
    SimulatedCall call;
    const Dress dress = drawDress(dice);
    const InnerTraffic inner = drawInner(drawSeconds(dice), dice);
    const auto overhead = static_cast<std::size_t>(dice.whole(16, 60));
    for (const std::size_t side : {0, 1}) {
        DressedSource source(call, side, dress, dice);
        for (const Inner& packet : inner[side])
            source.send(packet.seconds, packet.bytes + overhead);
        call.streams += source.countsAsStream() ? 1 : 0;
    }
    sortByTime(call);
    return call;
}

SimulatedCall paddedTunnel(Dice& dice)
{
    static constexpr std::size_t kSizes[] = {160, 172, 200, 240, 256, 320, 480, 512, 960, 1024, 1200, 1280};
    SimulatedCall call;
    const Dress dress = drawDress(dice);
    const InnerTraffic inner = drawInner(drawSeconds(dice), dice);
    const std::size_t size = dice.oneOf(kSizes);
    for (const std::size_t side : {0, 1}) {
        DressedSource source(call, side, dress, dice);
        std::size_t sent = 0;
        for (const Inner& packet : inner[side]) {
            for (std::size_t done = 0; done < packet.bytes && sent < kMostPackets; done += size, ++sent)
                source.send(packet.seconds + 1e-4 * static_cast<double>(done / size), size);
        }
        call.streams += source.countsAsStream() ? 1 : 0;
    }
    sortByTime(call);
    return call;
}

SimulatedCall pacedTunnel(Dice& dice)
{
    SimulatedCall call;
    Dress dress = drawDress(dice);
    dress.frameMs = 20;
    const double seconds = drawSeconds(dice);
    const InnerTraffic inner = drawInner(seconds, dice);
    const auto most = static_cast<std::size_t>(dice.chance(0.5) ? 1380 : dice.whole(250, 1200));
    const bool idles = dice.chance(0.6);
    const bool constant = dice.chance(0.3);
    for (const std::size_t side : {0, 1}) {
        DressedSource source(call, side, dress, dice);
        pace(source, inner[side], seconds, 0.02, idles, [&](double waiting) {
            const std::size_t least = idles ? static_cast<std::size_t>(dice.whole(20, 60)) : 40;
            return constant ? most : std::clamp(static_cast<std::size_t>(waiting), least, most);
        });
        call.streams += source.countsAsStream() ? 1 : 0;
    }
    sortByTime(call);
    return call;
}

namespace {

/// Packets of the sizes of a codec of variable rate.
struct Shape {
    enum class Kind : std::uint8_t {
        Constant, // one size
        Drawn,    // sizes that look like a codec's one by one
        Loud,     // large while something waits, small while nothing does: like talk and pauses
        Filled,   // as Loud, but what is left over makes a smaller packet
    };
    Kind kind = Kind::Constant;
    double mean = 0.0;
    double deviation = 0.0;
    double idle = 0.0;
};

Shape drawShape(Dice& dice)
{
    static constexpr Shape::Kind kKinds[] = {Shape::Kind::Constant, Shape::Kind::Drawn, Shape::Kind::Drawn,
                                             Shape::Kind::Loud, Shape::Kind::Filled};
    Shape shape;
    shape.kind = dice.oneOf(kKinds);
    shape.mean = dice.between(70.0, 200.0);
    shape.deviation = (shape.kind == Shape::Kind::Loud ? dice.between(0.0, 0.1) : dice.between(0.08, 0.4)) * shape.mean;
    shape.idle = dice.between(8.0, 40.0);
    return shape;
}

std::size_t sizeIn(const Shape& shape, double waiting, Dice& dice)
{
    double size = shape.mean;
    const bool follows = shape.kind == Shape::Kind::Loud || shape.kind == Shape::Kind::Filled;
    if (follows && waiting <= 0.0)
        size = shape.idle;
    else if (shape.kind == Shape::Kind::Filled)
        size = std::min(shape.mean, waiting);
    else if (shape.kind != Shape::Kind::Constant)
        size = dice.normal(shape.mean, shape.deviation);
    return static_cast<std::size_t>(std::clamp(size, 8.0, 400.0));
}

} // namespace

SimulatedCall shapedTunnel(Dice& dice)
{
    SimulatedCall call;
    Dress dress = drawDress(dice);
    const bool g711 = dice.chance(0.5);
    if (g711) {
        dress.payloadType = dice.chance(0.7) ? dice.chance(0.5) ? 0 : 8 : 9;
        dress.clockHz = 8000;
    } else {
        dress.payloadType = dice.chance(0.5) ? 111 : static_cast<std::uint8_t>(dice.whole(96, 127));
        dress.clockHz = 48'000;
    }
    if (dice.chance(0.7))
        dress.clock = Dress::Clock::Constant;
    const double seconds = drawSeconds(dice);
    const InnerTraffic inner = drawInner(seconds, dice);
    const bool idles = dice.chance(0.75);
    const Shape shape = drawShape(dice);
    for (const std::size_t side : {0, 1}) {
        DressedSource source(call, side, dress, dice);
        pace(source, inner[side], seconds, dress.frameMs / 1000.0, idles, [&](double waiting) {
            if (g711)
                return std::size_t{dress.frameMs} * 8;
            return sizeIn(shape, waiting, dice);
        });
        call.streams += source.countsAsStream() ? 1 : 0;
    }
    sortByTime(call);
    return call;
}

SimulatedCall fileTransfer(Dice& dice)
{
    static constexpr std::size_t kSizes[] = {160, 320, 480, 1000, 1200, 1372};
    SimulatedCall call;
    const Dress dress = drawDress(dice);
    const double seconds = drawSeconds(dice);
    const std::size_t size = dice.oneOf(kSizes);
    const double gap = dice.chance(0.3) ? 0.02 : std::exp(dice.between(std::log(0.0003), std::log(0.012)));
    DressedSource source(call, 0, dress, dice);
    DressedSource answers(call, 1, dress, dice);
    double t = 0.0;
    for (std::size_t i = 0; i < kMostPackets && t < seconds; ++i) {
        source.send(t, size);
        if (i % 8 == 0)
            answers.send(t + 0.01, 40);
        t += dice.chance(0.7) ? gap : dice.exponential(gap);
    }
    call.streams = (source.countsAsStream() ? 1U : 0U) + (answers.countsAsStream() ? 1U : 0U);
    sortByTime(call);
    return call;
}

const std::vector<TrafficClass>& trafficClasses()
{
    static const std::vector<TrafficClass> kClasses = {
        {"G.711", TrafficKind::Speech, g711Call},
        {"G.711 with VAD", TrafficKind::Speech, g711SilenceCall},
        {"G.729", TrafficKind::Speech, g729Call},
        {"Opus VBR", TrafficKind::Speech, opusVariableCall},
        {"Opus CBR with DTX", TrafficKind::Speech, opusConstantCall},
        {"AMR", TrafficKind::Speech, amrCall},
        {"Codec2 over WZP", TrafficKind::Speech, codec2Call},
        {"Opus over WZP", TrafficKind::Speech, wzpOpusCall},
        {"tunnel, full size", TrafficKind::Tunnel, fullSizeTunnel},
        {"tunnel, padded", TrafficKind::Tunnel, paddedTunnel},
        {"tunnel, paced", TrafficKind::Tunnel, pacedTunnel},
        {"tunnel, codec sizes", TrafficKind::Tunnel, shapedTunnel},
        {"file transfer", TrafficKind::Tunnel, fileTransfer},
    };
    return kClasses;
}

} // namespace timbre::audio
