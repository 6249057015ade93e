#include "engine/protocol/http_target.h"

#include "engine/protocol/safe_text.h"

namespace timbre::protocol {

std::optional<RequestLine> parseRequestLine(std::string_view line)
{
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == 0 || last <= first + 1 || last + 1 == line.size())
        return std::nullopt;
    return RequestLine{line.substr(0, first), line.substr(first + 1, last - first - 1), line.substr(last + 1)};
}

std::string_view hostOfAuthority(std::string_view authority)
{
    if (const auto at = authority.rfind('@'); at != std::string_view::npos)
        authority.remove_prefix(at + 1);
    if (authority.starts_with('[')) {
        const auto end = authority.find(']');
        return end == std::string_view::npos ? std::string_view{} : authority.substr(1, end - 1);
    }
    // More than one colon without brackets is a bare IPv6 address, seen in the wild.
    const auto colon = authority.find(':');
    if (colon == std::string_view::npos || authority.find(':', colon + 1) != std::string_view::npos)
        return authority;
    return authority.substr(0, colon);
}

std::string_view hostOfTarget(std::string_view method, std::string_view target)
{
    if (method == "CONNECT")
        return hostOfAuthority(target);
    const auto scheme = target.find("://");
    if (scheme == std::string_view::npos || target.starts_with('/'))
        return {};
    const std::string_view name = target.substr(0, scheme);
    if (!equalsIgnoringCase(name, "http") && !equalsIgnoringCase(name, "https") && !equalsIgnoringCase(name, "ws") &&
        !equalsIgnoringCase(name, "wss") && !equalsIgnoringCase(name, "ftp"))
        return {};
    const std::string_view rest = target.substr(scheme + 3);
    return hostOfAuthority(rest.substr(0, rest.find_first_of("/?#")));
}

} // namespace timbre::protocol
