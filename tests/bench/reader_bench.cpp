// What reading a capture costs beyond reading its bytes, beside libpcap on the same file. Usage: reader_bench [MiB]
// [folder]
//
// Writes a pcap file and its pcapng twin there, reads each once to warm the page cache, then several times plainly in
// blocks, by our reader and by libpcap, and prints the best processor time of each. The files are removed afterwards.

#include "engine/capture/capture_reader.h"
#include "engine/capture/capture_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <pcap/pcap.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>

using namespace timbre;
using namespace timbre::capture;

namespace {

constexpr int kRounds = 5;
constexpr std::size_t kBlockBytes = 256U << 10U;
constexpr std::size_t kSizes[] = {60, 1514, 1514, 78, 590, 66, 1514, 110}; // 681 bytes on average

struct Reading {
    std::uint64_t packets = 0;
    std::uint64_t sum = 0; // keeps the loop from being optimized away
};

void put32(std::string& out, std::uint32_t value)
{
    for (unsigned shift = 0; shift < 32; shift += 8)
        out.push_back(static_cast<char>(value >> shift));
}

void writePcap(const std::filesystem::path& path, std::uint64_t bytes)
{
    std::ofstream file(path, std::ios::binary);
    std::string out;
    for (const std::uint32_t word : {0xa1b2c3d4U, 0x0004'0002U, 0U, 0U, 65'535U, 1U})
        put32(out, word);
    std::uint64_t written = 0;
    for (std::uint32_t i = 0; written < bytes; ++i) {
        const std::size_t size = kSizes[i * 2'654'435'761U >> 29U];
        for (const std::uint32_t word :
             {1'700'000'000 + i / 1000, i % 1000, static_cast<std::uint32_t>(size), static_cast<std::uint32_t>(size)})
            put32(out, word);
        out.append(size, static_cast<char>(i));
        if (out.size() > kBlockBytes) {
            file << out;
            written += out.size();
            out.clear();
        }
    }
    file << out;
}

bool writePcapng(const std::filesystem::path& from, const std::filesystem::path& to)
{
    auto reader = CaptureReader::open(from);
    auto writer = PcapngWriter::create(to, {.overwrite = true, .application = {}});
    if (!reader || !writer || !writer->addInterface({}))
        return false;
    RecordBlock block;
    while ((*reader)->read(block) == ReadStatus::Records) {
        for (const Record& record : block.records()) {
            if (!writer->write(0, record.time, record.bytes, record.originalLength))
                return false;
        }
    }
    return writer->finish().ok();
}

Reading plainRead(const std::filesystem::path& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const auto buffer = std::make_unique_for_overwrite<std::byte[]>(kBlockBytes);
    Reading reading;
    ssize_t got = 0;
    while ((got = ::read(descriptor, buffer.get(), kBlockBytes)) > 0)
        reading.sum += static_cast<std::uint64_t>(got);
    ::close(descriptor);
    return reading;
}

Reading ourReader(const std::filesystem::path& path)
{
    Reading reading;
    auto reader = CaptureReader::open(path);
    RecordBlock block;
    while (reader && (*reader)->read(block) == ReadStatus::Records) {
        reading.packets += block.records().size();
        for (const Record& record : block.records())
            reading.sum += static_cast<std::uint64_t>(record.time.ns) + record.originalLength;
    }
    return reading;
}

Reading libpcapReader(const std::filesystem::path& path)
{
    Reading reading;
    char reason[PCAP_ERRBUF_SIZE] = {};
    pcap_t* handle = pcap_open_offline_with_tstamp_precision(path.c_str(), PCAP_TSTAMP_PRECISION_NANO, reason);
    if (handle == nullptr)
        return reading;
    pcap_pkthdr* header = nullptr;
    const u_char* bytes = nullptr;
    while (pcap_next_ex(handle, &header, &bytes) == 1) {
        ++reading.packets;
        reading.sum += static_cast<std::uint64_t>(header->ts.tv_sec * kNsPerSecond + header->ts.tv_usec) + header->len;
    }
    pcap_close(handle);
    return reading;
}

struct Measured {
    double seconds = 1e9;
    Reading reading;
};

void measureInto(Measured& best, const std::function<Reading()>& read)
{
    const std::clock_t start = std::clock();
    best.reading = read();
    best.seconds = std::min(best.seconds, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
}

bool compare(const char* name, const std::filesystem::path& path)
{
    Measured plain;
    Measured ours;
    Measured theirs;
    plainRead(path);
    for (int round = 0; round < kRounds; ++round) {
        measureInto(plain, [&] { return plainRead(path); });
        measureInto(ours, [&] { return ourReader(path); });
        measureInto(theirs, [&] { return libpcapReader(path); });
    }
    const auto packets = static_cast<double>(ours.reading.packets);
    const auto perPacket = [&](double seconds) { return seconds * 1e9 / packets; };
    const auto mebibytes = static_cast<double>(std::filesystem::file_size(path)) / (1U << 20U);
    fmt::print(
        "{:7} {:.0f} MiB, {} packets; CPU of the best of {}: read() {:.3f} s, ours {:.3f} s ({:.0f} MiB/s), libpcap "
        "{:.3f} s; beyond read(), per packet: ours {:.1f} ns, libpcap {:.1f} ns\n",
        name, mebibytes, ours.reading.packets, kRounds, plain.seconds, ours.seconds, mebibytes / ours.seconds,
        theirs.seconds, perPacket(ours.seconds - plain.seconds), perPacket(theirs.seconds - plain.seconds));
    const bool same = ours.reading.packets == theirs.reading.packets && ours.reading.sum == theirs.reading.sum;
    if (!same)
        fmt::print(stderr, "{}: the two readers differ\n", name);
    return same;
}

} // namespace

int main(int argc, char** argv)
{
    const std::uint64_t mebibytes = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 256;
    const std::filesystem::path folder = argc > 2 ? argv[2] : std::filesystem::temp_directory_path();
    const std::filesystem::path pcap = folder / "timbre-reader-bench.pcap";
    const std::filesystem::path pcapng = folder / "timbre-reader-bench.pcapng";
    writePcap(pcap, mebibytes << 20U);
    bool good = compare("pcap", pcap);
    good = writePcapng(pcap, pcapng) && good;
    std::filesystem::remove(pcap);
    good = compare("pcapng", pcapng) && good;
    std::filesystem::remove(pcapng);
    return good ? 0 : 1;
}
