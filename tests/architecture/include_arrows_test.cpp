// Reads every include line of the tree: a room may include only the rooms below it, and the engine knows no Qt. Counts
// the lines that run with rights.

#include <QTest>

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>

namespace fs = std::filesystem;

namespace {

using Rooms = std::set<std::string>;

/// What each room may include beside itself.
const std::map<std::string, Rooms> kMayInclude = {
    {"base", {}},
    {"capture", {"base"}},
    {"decode", {"base"}},
    {"query", {"base"}},
    {"recording", {"base"}},
    {"mask", {"base", "recording"}},
    {"resonance", {"base", "decode", "flow", "mask", "recording"}},
    {"flow", {"base", "decode"}},
    {"protocol", {"base", "decode", "flow"}},
    {"audio", {"base", "decode", "flow", "protocol"}},
    {"trends", {"base", "flow", "protocol"}},
    {"store",
     {"audio", "base", "query", "decode", "flow", "protocol", "capture", "recording", "mask", "resonance", "trends"}},
    {"pipeline",
     {"audio", "trends", "base", "capture", "decode", "query", "flow", "protocol", "store", "recording", "mask",
      "resonance"}},
};

const Rooms kWindowMayInclude = {"audio",    "base",      "capture", "decode",    "flow",  "mask",  "pipeline",
                                 "protocol", "recording", "query",   "resonance", "store", "trends"};

std::string firstPart(const std::string& path, std::size_t from = 0)
{
    return path.substr(from, path.find('/', from) - from);
}

struct Include {
    std::string target;
    bool system = false; // in angle brackets
};

std::optional<Include> includeIn(const std::string& line)
{
    std::istringstream words(line);
    std::string directive;
    std::string target;
    if (!(words >> directive >> target) || directive != "#include" || target.size() < 3)
        return std::nullopt;
    return Include{target.substr(1, target.size() - 2), target.front() == '<'};
}

std::vector<std::string> violationsIn(const fs::path& root, const fs::path& file)
{
    const std::string own = fs::relative(file, root).generic_string();
    const std::string area = firstPart(own);
    std::vector<std::string> found;
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        const std::optional<Include> include = includeIn(line);
        if (!include)
            continue;
        const std::string& target = include->target;
        const bool engineTarget = target.starts_with("engine/");
        const std::string room = engineTarget ? firstPart(target, 7) : std::string();
        bool allowed = target.find("../") == std::string::npos;
        if (area == "engine") {
            const std::string ownRoom = firstPart(own, 7);
            const bool isQt = include->system && (target.starts_with("Q") || target.starts_with("qcustomplot"));
            allowed &= !isQt && !target.starts_with("ui/") && !target.starts_with("app/");
            if (engineTarget)
                allowed &= room == ownRoom || (kMayInclude.contains(ownRoom) && kMayInclude.at(ownRoom).contains(room));
        } else if (area == "ui") {
            allowed &= !target.starts_with("app/") && (!engineTarget || kWindowMayInclude.contains(room));
            allowed &= target != "sqlite3.h" && !target.starts_with("pcap");
        }
        if (own.starts_with("app/capture/")) // the program with rights of its own knows nothing but its messages
            allowed &= target.starts_with("app/capture/") || target == "engine/capture/helper_messages.h" ||
                       (include->system && !target.starts_with("Q"));
        if (target.ends_with("_private.h"))
            allowed &= firstPart(target, target.find('/') + 1) == firstPart(own, own.find('/') + 1);
        if (!allowed)
            found.push_back(own + " includes " + target);
    }
    return found;
}

} // namespace

class IncludeArrowsTest : public QObject {
    Q_OBJECT

private slots:
    void everyIncludeLine()
    {
        const fs::path root = TIMBRE_SOURCE_DIR;
        std::size_t files = 0;
        std::string all;
        for (const char* area : {"engine", "ui", "app"}) {
            for (const auto& entry : fs::recursive_directory_iterator(root / area)) {
                const std::string ending = entry.path().extension();
                if (ending != ".h" && ending != ".cpp")
                    continue;
                ++files;
                for (const std::string& violation : violationsIn(root, entry.path()))
                    all += violation + "\n";
            }
        }
        QVERIFY(files > 20);
        QVERIFY2(all.empty(), all.c_str());
    }

    /// What the capture helper runs before it has given its rights away; app/capture/main.cpp says which files that is.
    void thePartThatHoldsRightsIsSmall()
    {
        constexpr std::size_t kMostLines = 500;
        const fs::path folder = fs::path(TIMBRE_SOURCE_DIR) / "app/capture";
        std::size_t lines = 0;
        for (const char* name : {"main.cpp", "options.cpp", "options.h", "message_pipe.cpp", "message_pipe.h",
                                 "live_interface.cpp", "live_interface.h", "rights.cpp", "rights.h"}) {
            std::ifstream in(folder / name);
            QVERIFY2(in.is_open(), name);
            for (std::string line; std::getline(in, line);)
                lines += line.find_first_not_of(' ') == std::string::npos ? 0 : 1;
        }
        QVERIFY(lines > 100);
        QVERIFY2(lines <= kMostLines, std::to_string(lines).c_str());
    }
};

QTEST_GUILESS_MAIN(IncludeArrowsTest)
#include "include_arrows_test.moc"
