#include "engine/protocol/head_reader.h"
#include "engine/protocol/http_target.h"
#include "engine/protocol/safe_text.h"

#include <array>

namespace timbre::protocol {

namespace {

enum class Opening : std::uint8_t { Request, HttpResponse, SipResponse, Ssh, SmtpClient, FtpClient, Banner };

struct Keyword {
    std::string_view text;
    Opening opening;
};

// What a stream of text can begin with. A request line is told from look-alikes (SIP, RTSP) by the version at its end.
constexpr std::array kKeywords = {
    Keyword{"GET ", Opening::Request},         Keyword{"POST ", Opening::Request},
    Keyword{"HEAD ", Opening::Request},        Keyword{"PUT ", Opening::Request},
    Keyword{"DELETE ", Opening::Request},      Keyword{"OPTIONS ", Opening::Request},
    Keyword{"CONNECT ", Opening::Request},     Keyword{"TRACE ", Opening::Request},
    Keyword{"PATCH ", Opening::Request},       Keyword{"PROPFIND ", Opening::Request},
    Keyword{"PROPPATCH ", Opening::Request},   Keyword{"MKCOL ", Opening::Request},
    Keyword{"COPY ", Opening::Request},        Keyword{"MOVE ", Opening::Request},
    Keyword{"LOCK ", Opening::Request},        Keyword{"UNLOCK ", Opening::Request},
    Keyword{"SEARCH ", Opening::Request},      Keyword{"REPORT ", Opening::Request},
    Keyword{"MERGE ", Opening::Request},       Keyword{"PURGE ", Opening::Request},
    Keyword{"NOTIFY ", Opening::Request},      Keyword{"SUBSCRIBE ", Opening::Request},
    Keyword{"UNSUBSCRIBE ", Opening::Request}, Keyword{"M-SEARCH ", Opening::Request},
    Keyword{"RPC_IN_DATA ", Opening::Request}, Keyword{"RPC_OUT_DATA ", Opening::Request},
    Keyword{"PRI ", Opening::Request},         Keyword{"INVITE ", Opening::Request},
    Keyword{"REGISTER ", Opening::Request},    Keyword{"ACK ", Opening::Request},
    Keyword{"BYE ", Opening::Request},         Keyword{"CANCEL ", Opening::Request},
    Keyword{"INFO ", Opening::Request},        Keyword{"PRACK ", Opening::Request},
    Keyword{"UPDATE ", Opening::Request},      Keyword{"MESSAGE ", Opening::Request},
    Keyword{"REFER ", Opening::Request},       Keyword{"PUBLISH ", Opening::Request},
    Keyword{"HTTP/1.", Opening::HttpResponse}, Keyword{"SIP/2.0 ", Opening::SipResponse},
    Keyword{"SSH-1.", Opening::Ssh},           Keyword{"SSH-2.0-", Opening::Ssh},
    Keyword{"EHLO ", Opening::SmtpClient},     Keyword{"HELO ", Opening::SmtpClient},
    Keyword{"USER ", Opening::FtpClient},      Keyword{"AUTH TLS", Opening::FtpClient},
    Keyword{"220 ", Opening::Banner},          Keyword{"220-", Opening::Banner},
};

HeadAnswer needMore(std::size_t wanted)
{
    return {.status = HeadStatus::NeedMore, .wanted = static_cast<std::uint32_t>(wanted)};
}

HeadAnswer done(HeadFacts& facts, flow::App app, bool flowDone)
{
    facts.app = app;
    return {.status = HeadStatus::Done, .flowDone = flowDone};
}

/// The keyword the text begins with, or one it is the beginning of.
const Keyword* findKeyword(std::string_view text)
{
    for (const Keyword& keyword : kKeywords) {
        const std::size_t compared = std::min(text.size(), keyword.text.size());
        if (text.substr(0, compared) == keyword.text.substr(0, compared))
            return &keyword;
    }
    return nullptr;
}

/// The next whole line, without its end; nothing when its end is not there yet. Remembers how far it looked.
std::optional<std::string_view> nextLine(std::string_view text, HeadCursor& cursor)
{
    const auto end = text.find('\n', std::max(cursor.lineStart, cursor.scanned));
    if (end == std::string_view::npos) {
        cursor.scanned = static_cast<std::uint32_t>(text.size());
        return std::nullopt;
    }
    std::string_view line = text.substr(cursor.lineStart, end - cursor.lineStart);
    cursor.lineStart = static_cast<std::uint32_t>(end + 1);
    cursor.scanned = cursor.lineStart;
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

void takeHost(std::string_view host, HeadFacts& facts)
{
    if (host.size() > kMaxNameBytes)
        facts.nameRefused = true;
    else
        appendLowerEscaped(facts.httpHost, asBytes(host));
}

/// Header lines until Host or the empty line.
HeadAnswer readHttpHeaders(std::string_view text, HeadCursor& cursor, HeadFacts& facts)
{
    while (const auto line = nextLine(text, cursor)) {
        if (line->empty())
            return done(facts, flow::App::Http, true);
        const auto colon = line->find(':');
        if (colon == std::string_view::npos || !equalsIgnoringCase(trimmed(line->substr(0, colon)), "host"))
            continue;
        takeHost(hostOfAuthority(trimmed(line->substr(colon + 1))), facts);
        return done(facts, flow::App::Http, true);
    }
    return needMore(text.size() + 1);
}

HeadAnswer readRequest(std::string_view text, HeadCursor& cursor, HeadFacts& facts)
{
    if (cursor.app == flow::App::Http)
        return readHttpHeaders(text, cursor, facts);
    const auto line = nextLine(text, cursor);
    if (!line)
        return needMore(text.size() + 1);
    const auto request = parseRequestLine(*line);
    if (!request)
        return {};
    if (request->version == "SIP/2.0")
        return done(facts, flow::App::Sip, true);
    if (request->version == "HTTP/2.0" && request->method == "PRI") // RFC 9113 3.4; the host is in binary frames
        return done(facts, flow::App::Http, true);
    if (!request->version.starts_with("HTTP/1."))
        return {};
    facts.app = flow::App::Http;
    cursor.app = flow::App::Http;
    // RFC 9112 3.2.2: the host in an absolute target counts, whatever the Host header says.
    if (const std::string_view host = hostOfTarget(request->method, request->target); !host.empty()) {
        takeHost(host, facts);
        return done(facts, flow::App::Http, true);
    }
    return readHttpHeaders(text, cursor, facts);
}

/// "220 ready": SMTP and FTP greet alike, so the port or the text must tell.
HeadAnswer readBanner(std::string_view text, const HeadContext& context, HeadCursor& cursor, HeadFacts& facts)
{
    if (context.hasPort(21))
        return done(facts, flow::App::Ftp, true);
    if (context.hasPort(25) || context.hasPort(587) || context.hasPort(2525))
        return done(facts, flow::App::Smtp, true);
    const auto line = nextLine(text, cursor);
    if (!line)
        return needMore(text.size() + 1);
    if (line->find("SMTP") != std::string_view::npos)
        return done(facts, flow::App::Smtp, true);
    if (line->find("FTP") != std::string_view::npos)
        return done(facts, flow::App::Ftp, true);
    return {};
}

} // namespace

bool mayBeText(Bytes stream)
{
    return findKeyword(asText(stream)) != nullptr;
}

HeadAnswer readTextHead(Bytes stream, const HeadContext& context, HeadCursor& cursor, HeadFacts& facts)
{
    const std::string_view text = asText(stream);
    const Keyword* keyword = findKeyword(text);
    if (keyword == nullptr)
        return {};
    if (text.size() < keyword->text.size())
        return needMore(text.size() + 1); // another keyword may begin with the same letters
    switch (keyword->opening) {
    case Opening::Request:
        return readRequest(text, cursor, facts);
    case Opening::HttpResponse:
        return done(facts, flow::App::Http, false);
    case Opening::SipResponse:
        return done(facts, flow::App::Sip, true);
    case Opening::Ssh:
        return done(facts, flow::App::Ssh, true);
    case Opening::SmtpClient:
        return done(facts, flow::App::Smtp, true);
    case Opening::FtpClient:
        return context.hasPort(21) ? done(facts, flow::App::Ftp, true) : HeadAnswer{};
    case Opening::Banner:
        return readBanner(text, context, cursor, facts);
    }
    return {};
}

} // namespace timbre::protocol
