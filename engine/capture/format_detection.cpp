#include "engine/capture/format_detection_private.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace timbre::capture {

namespace {

using namespace std::string_view_literals;

struct Known {
    std::string_view magic;
    std::size_t at;
    std::string_view what;
    bool isCapture;
};

// Longer magics before shorter ones that begin the same.
constexpr std::array kOthers = {
    Known{"snoop\0\0\0"sv, 0, "a Solaris snoop capture", true},
    Known{"btsnoop\0"sv, 0, "a Bluetooth snoop capture", true},
    Known{"GMBU"sv, 0, "a Microsoft Network Monitor 2 capture", true},
    Known{"RTSS"sv, 0, "a Microsoft Network Monitor 1 capture", true},
    Known{"iptrace "sv, 0, "an AIX iptrace capture", true},
    Known{"XCP\0"sv, 0, "a NetXRay or Windows Sniffer capture", true},
    Known{"TRSNIFF data"sv, 0, "a DOS Sniffer capture", true},
    Known{"\177ver"sv, 0, "an EtherPeek or OmniPeek capture", true},
    Known{"\x05VNF"sv, 0, "a Visual Networks capture", true},
    Known{"\xaa\xaa\xaa\xaa"sv, 0, "a 5Views capture", true},
    Known{"TR\0d\0"sv, 0, "an HP-UX nettl trace", true},
    Known{"LPKSHHRH"sv, 0, "a systemd journal", false},
    Known{"\177ELF"sv, 0, "an ELF program or library", false},
    Known{"MZ"sv, 0, "a Windows program", false},
    Known{"\x89PNG"sv, 0, "a PNG picture", false},
    Known{"\xff\xd8\xff"sv, 0, "a JPEG picture", false},
    Known{"GIF8"sv, 0, "a GIF picture", false},
    Known{"%PDF"sv, 0, "a PDF document", false},
    Known{"SQLite format 3\0"sv, 0, "an SQLite database", false},
    Known{"ustar"sv, 257, "a tar archive; unpack it first", false},
    Known{"7z\xbc\xaf\x27\x1c"sv, 0, "a 7-Zip archive; unpack it first", false},
    Known{"Rar!\x1a"sv, 0, "a RAR archive; unpack it first", false},
    Known{"MSCF"sv, 0, "a Windows cabinet; unpack it first", false},
    Known{"LZIP"sv, 0, "an lzip file; unpack it first", false},
    Known{"\x1f\x9d"sv, 0, "a file of the old “compress” program; unpack it first", false},
    Known{"PK\x05\x06"sv, 0, "an empty zip archive", false},
};

struct Packed {
    std::string_view magic;
    Compression compression;
};

constexpr std::array kPacked = {
    Packed{"\x1f\x8b"sv, Compression::Gzip},        Packed{"\x28\xb5\x2f\xfd"sv, Compression::Zstd},
    Packed{"\x04\x22\x4d\x18"sv, Compression::Lz4}, Packed{"\x02\x21\x4c\x18"sv, Compression::Lz4},
    Packed{"\xfd\x37zXZ\0"sv, Compression::Xz},     Packed{"BZh"sv, Compression::Bzip2},
    Packed{"PK\x03\x04"sv, Compression::Zip},
};

constexpr std::array kPcapMagics = {"\xa1\xb2\xc3\xd4"sv, "\xd4\xc3\xb2\xa1"sv, "\xa1\xb2\x3c\x4d"sv,
                                    "\x4d\x3c\xb2\xa1"sv, "\xa1\xb2\xcd\x34"sv, "\x34\xcd\xb2\xa1"sv};
constexpr std::string_view kSectionHeader = "\x0a\x0d\x0d\x0a"sv;
constexpr std::size_t kSmallestSectionHeader = 28;

/// Whether `text` begins with all of `magic`, or has ended inside it.
bool beginsOrCut(std::string_view text, std::string_view magic)
{
    const std::size_t common = std::min(text.size(), magic.size());
    return common > 0 && text.substr(0, common) == magic.substr(0, common);
}

Detection detectPcap(std::string_view text)
{
    const bool pcap = std::ranges::any_of(kPcapMagics, [&](auto magic) { return beginsOrCut(text, magic); });
    const bool pcapng = beginsOrCut(text, kSectionHeader);
    if (pcap && text.size() >= 24)
        return {.kind = FileKind::Pcap};
    if (pcap && text.size() >= 2)
        return {.kind = FileKind::Incomplete,
                .what =
                    fmt::format("a pcap file that was cut inside its header ({} of 24 bytes are there)", text.size())};
    if (!pcapng || text.size() < 2)
        return {};
    if (text.size() < kSmallestSectionHeader)
        return {.kind = FileKind::Incomplete,
                .what = fmt::format("a pcapng file that was cut inside its section header ({} bytes are there)",
                                    text.size())};
    if (text.substr(8, 4) == "\x1a\x2b\x3c\x4d"sv || text.substr(8, 4) == "\x4d\x3c\x2b\x1a"sv)
        return {.kind = FileKind::Pcapng};
    return {.what = "a file that begins like pcapng, but with an impossible byte-order mark"};
}

bool isText(std::string_view text)
{
    return std::ranges::none_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\x1b') || byte == 0x7f;
    });
}

bool beginsWithoutCase(std::string_view text, std::string_view word)
{
    return text.size() >= word.size() && std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) {
               return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
           });
}

std::string nameOfText(std::string_view text)
{
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    if (beginsWithoutCase(text, "<!doctype html") || beginsWithoutCase(text, "<html"))
        return "a web page (HTML); perhaps a download that answered with an error";
    if (text.starts_with("<?xml"))
        return "an XML document";
    if (text.starts_with("{") || text.starts_with("["))
        return "JSON text";
    return "a text file";
}

/// ERF, the format of Endace cards, has no magic: its records must chain with sane fields.
bool looksLikeErf(Bytes front)
{
    constexpr unsigned kChained = 3;
    constexpr std::uint32_t kDay = 86'400;
    std::uint32_t before = 0;
    std::size_t at = 0;
    for (unsigned i = 0; i < kChained; ++i) {
        if (front.size() - at < 16)
            return i > 1 || (i == 1 && at == front.size());
        const std::uint32_t seconds = loadLe32(front, at + 4);
        const bool dated = seconds > 631'152'000 && seconds < 2'524'608'000 && // 1990 to 2050
                           (i == 0 || seconds - before + kDay < 2 * kDay);
        before = seconds;
        const unsigned type = loadU8(front, at + 8) & 0x7fU;
        const std::size_t length = loadBe16(front, at + 10); // with 16 bytes of header and up to 32 more
        const std::size_t wireLength = loadBe16(front, at + 14);
        if (!dated || type < 1 || type > 48 || length < 16 || wireLength == 0 || length > wireLength + 48)
            return false;
        at += length;
        if (at > front.size())
            return i > 0;
    }
    return true;
}

std::string nameOfRest(Bytes front)
{
    if (isText(asText(front)))
        return nameOfText(asText(front));
    if (std::ranges::all_of(front, [](std::byte b) { return b == std::byte{0}; }))
        return "a file that begins with nothing but zeros";
    return "binary data of no known capture format";
}

} // namespace

Detection detectFormat(Bytes front)
{
    const std::string_view text = asText(front);
    if (text.empty())
        return {.kind = FileKind::Incomplete, .what = "an empty file"};
    if (Detection found = detectPcap(text); found.kind != FileKind::Other || !found.what.empty())
        return found;
    for (const Packed& packed : kPacked) {
        if (text.starts_with(packed.magic))
            return {.kind = FileKind::Compressed, .compression = packed.compression};
    }
    for (const Known& known : kOthers) {
        if (text.size() > known.at && text.substr(known.at).starts_with(known.magic))
            return {.what = std::string(known.what), .isCapture = known.isCapture};
    }
    if (looksLikeErf(front))
        return {.what = "an ERF capture (Endace)", .isCapture = true};
    if (text.size() < 4 &&
        (beginsOrCut(text, kPcapMagics[0]) || beginsOrCut(text, kPcapMagics[1]) || beginsOrCut(text, kPcapMagics[3]) ||
         beginsOrCut(text, kPcapMagics[5]) || beginsOrCut(text, kSectionHeader)))
        return {.kind = FileKind::Incomplete, .what = nameOfRest(front)};
    return {.what = nameOfRest(front)};
}

Error refusal(const std::string& name, const Detection& detection, const std::string& container)
{
    const std::string subject =
        container.empty() ? fmt::format("“{}” is", name) : fmt::format("The {} “{}” holds", container, name);
    std::string message = fmt::format("{} {}, not a pcap or pcapng capture.", subject, detection.what);
    if (detection.kind == FileKind::Incomplete)
        message = fmt::format("{} {}.", subject, detection.what);
    else if (detection.isCapture)
        message = fmt::format("{} {}, a format that Timbre does not read; convert it to pcapng with “editcap” first.",
                              subject, detection.what);
    return {ErrorCode::UnknownFormat, std::move(message), {}};
}

} // namespace timbre::capture
