#pragma once

// A filter expression in the language of tcpdump ("tcp port 443 and host 192.0.2.1"), applied to packets of any link
// type: the same words mean other offsets there, so the program is made anew for each type that occurs. A host name in
// an expression is looked up by the system when compile() is called; opening a capture never does that by itself.

#include "engine/base/result.h"
#include "engine/capture/record.h"

#include <memory>
#include <string>

namespace timbre::capture {

/// Belongs to one thread. Different filters may be used by different threads at once.
class BpfFilter {
public:
    /// An empty expression lets everything pass. The error's message gives libpcap's reason.
    static Result<BpfFilter> compile(std::string expression);

    BpfFilter(BpfFilter&&) noexcept;
    BpfFilter& operator=(BpfFilter&&) noexcept;
    ~BpfFilter();

    /// False for a link type that the expression cannot be applied to.
    [[nodiscard]] bool matches(LinkType linkType, Bytes captured, std::uint32_t originalLength);

    [[nodiscard]] const std::string& expression() const;
    /// Packets so far whose link type the expression cannot be applied to.
    [[nodiscard]] std::uint64_t notApplicable() const;

private:
    struct State;
    explicit BpfFilter(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace timbre::capture
