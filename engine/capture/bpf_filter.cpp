#include "engine/capture/bpf_filter.h"

#include <fmt/format.h>
#include <pcap/pcap.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <vector>

namespace timbre::capture {

namespace {

constexpr int kSnapLength = 262'144;

/// What libpcap says of "ip6" on a link that carries IPv4 only: understood, and never true.
constexpr std::string_view kRejectsAll = "expression rejects all packets";

/// libpcap's compiler calls resolver functions that share static buffers.
std::mutex compilerMutex; // guards pcap_compile()

/// Numbers in files (LINKTYPE_) that differ from libpcap's own on Linux (DLT_).
int dataLinkType(LinkType type)
{
    switch (type) {
    case 12:
    case 14:
    case 101:
        return DLT_RAW;
    case 100:
        return DLT_ATM_RFC1483;
    case 102:
        return DLT_SLIP_BSDOS;
    case 103:
        return DLT_PPP_BSDOS;
    case 106:
        return DLT_ATM_CLIP;
    default:
        return type;
    }
}

class Program {
public:
    Program() = default;
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    Program(Program&& other) noexcept
        : m_code(std::exchange(other.m_code, {}))
    {
    }
    Program& operator=(Program&& other) noexcept
    {
        std::swap(m_code, other.m_code);
        return *this;
    }
    ~Program() { pcap_freecode(&m_code); }

    [[nodiscard]] bool usable() const { return m_code.bf_insns != nullptr; }
    [[nodiscard]] bool matches(Bytes captured, std::uint32_t originalLength) const
    {
        return bpf_filter(m_code.bf_insns, reinterpret_cast<const u_char*>(captured.data()), originalLength,
                          static_cast<u_int>(captured.size())) != 0;
    }

    /// Empty, or libpcap's reason for refusing.
    std::string build(const std::string& expression, LinkType linkType)
    {
        const std::unique_ptr<pcap_t, decltype(&pcap_close)> handle(pcap_open_dead(dataLinkType(linkType), kSnapLength),
                                                                    &pcap_close);
        if (!handle)
            return "out of memory";
        const std::lock_guard lock(compilerMutex);
        if (pcap_compile(handle.get(), &m_code, expression.c_str(), 1, PCAP_NETMASK_UNKNOWN) == 0)
            return {};
        m_code = {};
        return pcap_geterr(handle.get());
    }

private:
    bpf_program m_code = {};
};

struct Entry {
    LinkType linkType;
    Program program;
    bool applicable; // else the expression means nothing on this link type
};

} // namespace

struct BpfFilter::State {
    std::string expression;
    std::vector<Entry> programs;
    std::size_t last = 0; // index of the one used last
    std::uint64_t notApplicable = 0;

    const Entry& entryFor(LinkType linkType)
    {
        if (last < programs.size() && programs[last].linkType == linkType)
            return programs[last];
        const auto found = std::ranges::find(programs, linkType, &Entry::linkType);
        last = static_cast<std::size_t>(found - programs.begin());
        if (found == programs.end()) {
            Program program;
            const std::string refused = program.build(expression, linkType);
            programs.push_back({linkType, std::move(program), refused.empty() || refused == kRejectsAll});
        }
        return programs[last];
    }
};

BpfFilter::BpfFilter(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
BpfFilter::BpfFilter(BpfFilter&&) noexcept = default;
BpfFilter& BpfFilter::operator=(BpfFilter&&) noexcept = default;
BpfFilter::~BpfFilter() = default;

Result<BpfFilter> BpfFilter::compile(std::string expression)
{
    if (expression.find('\0') != std::string::npos)
        return Error{ErrorCode::Invalid, "The packet filter holds a zero character.", expression};
    // Words such as "wlan" or "ifindex" only make sense on some link types: one that accepts the expression is enough.
    constexpr std::array<LinkType, 5> kTried = {1 /* Ethernet */, 127 /* radiotap */, 276 /* Linux cooked v2 */,
                                                166 /* PPP with direction */, 140 /* MTP2 */};
    auto state = std::make_unique<State>();
    state->expression = std::move(expression);
    std::string reason;
    for (const LinkType linkType : kTried) {
        Program program;
        const std::string refused = program.build(state->expression, linkType);
        if (refused.empty()) {
            state->programs.push_back({linkType, std::move(program), true});
            return BpfFilter(std::move(state));
        }
        if (reason.empty())
            reason = refused;
    }
    return Error{ErrorCode::Invalid,
                 fmt::format("The packet filter “{}” cannot be used: {}.", state->expression, reason), reason};
}

bool BpfFilter::matches(LinkType linkType, Bytes captured, std::uint32_t originalLength)
{
    const Entry& entry = m_state->entryFor(linkType);
    if (!entry.applicable)
        ++m_state->notApplicable;
    return entry.program.usable() && entry.program.matches(captured, originalLength);
}

const std::string& BpfFilter::expression() const
{
    return m_state->expression;
}

std::uint64_t BpfFilter::notApplicable() const
{
    return m_state->notApplicable;
}

} // namespace timbre::capture
