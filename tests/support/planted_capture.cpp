#include "tests/support/planted_capture.h"

#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>

namespace timbre::test {

namespace {

constexpr std::array kMarkers{"CANARYcookie77",  "CANARYsetcookie77", "CANARYbearer77",
                              "CANARYbasic77",   "CANARYbody77",      "CANARYanswer77",
                              "CANARYkey77",     "CANARYtxt77",       "CANARYpath7700000000000",
                              "CANARYsegment77", "CANARYframe77",     "CANARYmailpass77",
                              "CANARYuser77",    "CANARYform77",      "4111111111111111",
                              "CANARYreferer77"};

std::string be16(std::size_t value)
{
    return {static_cast<char>(value >> 8U & 0xffU), static_cast<char>(value & 0xffU)};
}

std::string base64(const std::string& text, bool forAddresses = false)
{
    const std::string digits =
        std::string("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") + (forAddresses ? "-_" : "+/");
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k)
            bits = bits << 8U | (i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += i + k <= text.size() ? digits[bits >> (18U - 6U * k) & 63U] : '=';
    }
    return out;
}

/// A little-endian pcap of raw IPv4 packets.
class Capture {
public:
    Capture()
    {
        const std::uint32_t head[] = {0xa1b2c3d4, 0x00040002, 0, 0, 65535, 101};
        m_bytes.assign(reinterpret_cast<const char*>(head), sizeof head);
    }
    /// One side's next segment.
    void tcp(std::size_t clientPort, std::size_t serverPort, bool toServer, const std::string& payload)
    {
        std::uint32_t& sequence = m_sequences[serverPort % 2][toServer ? 0 : 1];
        std::string segment = toServer ? be16(clientPort) + be16(serverPort) : be16(serverPort) + be16(clientPort);
        segment += be16(sequence >> 16U) + be16(sequence & 0xffffU) + std::string(4, '\0');
        segment += std::string("\x50\x18\xff\xff\0\0\0\0", 8) + payload;
        sequence += static_cast<std::uint32_t>(payload.size());
        packet(6, toServer, segment);
    }
    void udp(bool toServer, std::size_t port, const std::string& payload)
    {
        const std::string ports = toServer ? be16(40001) + be16(port) : be16(port) + be16(40001);
        packet(17, toServer, ports + be16(8 + payload.size()) + be16(0) + payload);
    }
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }

private:
    void packet(char protocol, bool toServer, const std::string& payload)
    {
        std::string ip = std::string("\x45\0", 2) + be16(20 + payload.size()) + std::string("\0\0\0\0\x40", 5);
        ip += protocol + be16(0);
        const std::string client("\xc0\x00\x02\x01", 4);
        const std::string server("\xc6\x33\x64\x02", 4);
        ip += toServer ? client + server : server + client;
        ip += payload;
        const auto length = static_cast<std::uint32_t>(ip.size());
        const std::uint32_t record[] = {1'700'000'000U + m_packets / 10, m_packets % 10 * 100'000, length, length};
        ++m_packets;
        m_bytes.append(reinterpret_cast<const char*>(record), sizeof record);
        m_bytes += ip;
    }

    std::string m_bytes;
    std::uint32_t m_packets = 0;
    std::uint32_t m_sequences[2][2] = {{1, 1}, {1, 1}}; // of the even and the odd server port
};

void plantWeb(Capture& capture)
{
    const auto send = [&](bool toServer, const std::string& text) { capture.tcp(40000, 80, toServer, text); };
    const std::string body = "card=4111111111111111&secret=CANARYbody77";
    send(true, "POST /reset/CANARYpath7700000000000?api_key=CANARYkey77 HTTP/1.1\r\nHost: a.example\r\n"
               "User-Agent: test/1.0\r\nCookie: sessionid=CANARYcookie77; other=CANARYcookie77\r\n"
               "Referer: http://CANARYuser77:CANARYreferer77@b.example/?token=CANARYreferer77\r\n"
               "Authorization: Bearer CANARYbearer77\r\nContent-Length: " +
                   std::to_string(body.size()) + "\r\n\r\n" + body);
    const std::string form = "CANARYform77=CANARYform77&password=CANARYform77";
    send(true, "POST /login HTTP/1.1\r\nHost: a.example\r\nAuthorization: Basic " + base64("user:CANARYbasic77") +
                   "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
                   std::to_string(form.size()) + "\r\n\r\n");
    send(true, form); // a segment of its own, which begins with the secret
    send(false, "HTTP/1.1 200 OK\r\nSet-Cookie: sessionid=CANARYsetcookie77\r\nContent-Length: 29\r\n\r\n");
    send(false, "CANARYanswer77CANARYsegment77");
    send(false, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    send(false, std::string("\x81\x0d", 2) + "CANARYframe77"); // a frame in the clear
}

void plantMail(Capture& capture)
{
    const auto send = [&](bool toServer, const std::string& text) { capture.tcp(40002, 25, toServer, text); };
    send(false, "220 mail.example ESMTP\r\n");
    send(true, "EHLO a.example\r\n");
    send(false, "250 AUTH PLAIN\r\n");
    send(true, "AUTH PLAIN " + base64(std::string("\0me\0", 4) + "CANARYmailpass77") + "\r\n");
}

void plantName(Capture& capture)
{
    const std::string name("\x01t\x07"
                           "example\0",
                           11);
    const std::string question = name + be16(16) + be16(1);
    const std::string text = std::string(1, static_cast<char>(11)) + "CANARYtxt77";
    capture.udp(false, 53,
                be16(7) + be16(0x8180) + be16(1) + be16(1) + be16(0) + be16(0) + question + name + be16(16) + be16(1) +
                    be16(0) + be16(60) + be16(text.size()) + text);
}

void addTalk(Capture& capture)
{
    std::uint64_t state = 7;
    constexpr int kPackets = 800; // ten a second
    for (int i = 0; i < kPackets; ++i) {
        std::string payload(400 + static_cast<std::size_t>(state >> 40U) % 600, '\0');
        for (char& byte : payload) {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            byte = static_cast<char>(state >> 56U);
        }
        capture.udp(i % 3 != 0, 7000, payload);
    }
}

std::string hex(const std::string& text, const char* digits, const std::string& before)
{
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += before + digits[byte >> 4U] + digits[byte & 15U];
    }
    return out;
}

struct Form {
    std::string how;
    std::string bytes;
};

std::vector<Form> formsOf(const std::string& marker)
{
    constexpr const char* kLower = "0123456789abcdef";
    constexpr const char* kUpper = "0123456789ABCDEF";
    std::vector<Form> forms{{"text", marker}, {"text of 16 bits", ""}};
    for (const char c : marker)
        forms[1].bytes += {c, '\0'};
    for (const char* before : {"", "%", "\\x", " ", ":"}) {
        // The first byte of a run may stand without what is between them.
        const std::size_t skipped = *before == ' ' || *before == ':' ? 1 : 0;
        forms.push_back({"hex", hex(marker, kLower, before).substr(skipped)});
        forms.push_back({"hex", hex(marker, kUpper, before).substr(skipped)});
    }
    for (std::size_t shift = 0; shift < 3; ++shift) {
        for (const bool forAddresses : {false, true}) {
            // The characters that depend on this marker alone.
            const std::string encoded = base64(std::string(shift, 'x') + marker, forAddresses);
            forms.push_back({"base64", encoded.substr(shift == 0 ? 0 : 4, encoded.size() - 8)});
        }
    }
    return forms;
}

bool isSavedCapture(const std::filesystem::path& path)
{
    return path.extension() == ".pcap" || path.extension() == ".pcapng";
}

} // namespace

std::string plantedCapture()
{
    Capture capture;
    plantWeb(capture);
    plantMail(capture);
    plantName(capture);
    addTalk(capture);
    return capture.bytes();
}

std::vector<std::string> markersIn(const std::filesystem::path& folder, int& searched)
{
    std::vector<std::string> found;
    searched = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file() || isSavedCapture(entry.path()))
            continue;
        ++searched;
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(file)), {});
        for (const char* marker : kMarkers) {
            for (const Form& form : formsOf(marker)) {
                if (bytes.find(form.bytes) != std::string::npos)
                    found.push_back(entry.path().string() + " holds " + marker + " as " + form.how);
            }
        }
    }
    return found;
}

} // namespace timbre::test
