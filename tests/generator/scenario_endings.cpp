// Every way a TCP session can begin, suffer and end, one session each.

#include "tests/generator/scenario_frame_private.h"

#include <array>

namespace timbre::generator {

namespace {

class Endings {
public:
    Endings(World& world, bool v6, std::uint64_t startNs)
        : m_world(world)
        , m_client(v6 ? IpAddress::v6(0x20010db8'00aa0001U, 0x60) : IpAddress::v4(10, 0, 0, 60))
        , m_host(hostNumber(40))
        , m_v6(v6)
        , m_nowNs(startNs)
    {
    }

    std::uint64_t run()
    {
        for (const TcpEnding ending :
             {TcpEnding::FinByClient, TcpEnding::FinByServer, TcpEnding::HalfClose, TcpEnding::Simultaneous,
              TcpEnding::RstByClient, TcpEnding::RstByServer, TcpEnding::StillOpen}) {
            visit(ending, Trouble::None);
        }
        for (const Trouble trouble : {Trouble::Retransmitted, Trouble::LostAndResent, Trouble::OutOfOrder,
                                      Trouble::NotCaptured, Trouble::ZeroWindow}) {
            visit(TcpEnding::FinByServer, trouble);
        }
        partialSessions();
        reusedPorts();
        return m_nowNs;
    }

private:
    [[nodiscard]] TcpSession session()
    {
        TcpSettings settings;
        settings.client = {m_client, m_world.nextPort()};
        settings.server = {m_v6 ? m_host.v6 : m_host.v4, 4050};
        settings.path = m_world.pathOf(m_client);
        settings.application = "data";
        settings.startNs = m_nowNs += 100 * kMillisecondNs;
        return {m_world.recorder, settings, m_world.random.fork()};
    }

    void visit(TcpEnding ending, Trouble trouble)
    {
        WebVisit visit;
        visit.v6 = m_v6;
        visit.requests = 1;
        visit.answerBytes = 9'000;
        visit.ending = ending;
        visit.trouble = trouble;
        m_nowNs = httpVisit(m_world, m_client, m_host, m_nowNs + 100 * kMillisecondNs, visit);
    }

    void partialSessions()
    {
        session().refused();
        session().unanswered(3);
        TcpSession silent = session(); // handshake and nothing else
        silent.handshake();
        TcpSession midstream = session();
        midstream.midstream();
        midstream.send(Side::Server, joined(Bytes{0x7f, 0x54, 0, 3}, m_world.random.bytes(6'000)));
        midstream.keepAlive(Side::Client);
        midstream.close(TcpEnding::FinByClient);
        TcpSession reset = session(); // midstream, only a reset
        reset.midstream();
        reset.close(TcpEnding::RstByServer);
        m_nowNs = midstream.nowNs();
    }

    void reusedPorts()
    {
        WebVisit visit;
        visit.v6 = m_v6;
        visit.requests = 1;
        visit.clientPort = m_world.nextPort();
        for (int i = 0; i < 2; ++i) {
            m_nowNs = httpVisit(m_world, m_client, m_host, m_nowNs + 2 * kSecondNs, visit);
        }
    }

    World& m_world;
    IpAddress m_client;
    Host m_host;
    bool m_v6;
    std::uint64_t m_nowNs;
};

} // namespace

CapturedTraffic endingTraffic(const ScenarioOptions& options)
{
    ScenarioFrame scenario("endings", options);
    scenario.addInterface(LinkType::Ethernet, "eth0");
    const std::uint64_t now = Endings(scenario.world(), false, options.startNs).run();
    Endings(scenario.world(), true, now).run();
    return scenario.take();
}

} // namespace timbre::generator
