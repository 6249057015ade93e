#include "tests/cli/cli_runner.h"

#include <QProcess>

#include <fstream>
#include <sstream>

namespace timbre::test {

namespace {

CliResult finish(QProcess& process)
{
    constexpr int kPatienceMs = 120'000;
    if (!process.waitForFinished(kPatienceMs) || process.exitStatus() != QProcess::NormalExit)
        return {-1, process.readAllStandardOutput().toStdString(), process.readAllStandardError().toStdString()};
    return {process.exitCode(), process.readAllStandardOutput().toStdString(),
            process.readAllStandardError().toStdString()};
}

} // namespace

CliResult runCli(const std::vector<std::string>& arguments, const std::string& outputFile)
{
    QStringList list;
    for (const std::string& argument : arguments)
        list << QString::fromStdString(argument);
    QProcess process;
    if (!outputFile.empty())
        process.setStandardOutputFile(QString::fromStdString(outputFile));
    process.start(TIMBRE_CLI, list);
    return finish(process);
}

CliResult runShell(const std::string& line)
{
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert("CLI", TIMBRE_CLI);
    process.setProcessEnvironment(environment);
    process.start("bash", {"-c", QString::fromStdString(line)});
    return finish(process);
}

std::vector<std::string> splitFields(const std::string& line, char separator)
{
    std::vector<std::string> fields(1);
    for (const char c : line) {
        if (c == separator)
            fields.emplace_back();
        else
            fields.back() += c;
    }
    return fields;
}

std::vector<std::string> splitLines(const std::string& text)
{
    std::vector<std::string> lines = splitFields(text, '\n');
    if (lines.back().empty())
        lines.pop_back();
    return lines;
}

std::vector<std::vector<std::string>> parseCsv(const std::string& text)
{
    std::vector<std::vector<std::string>> records;
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
            fields.back() += text[++i];
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && c == ',') {
            fields.emplace_back();
        } else if (!quoted && c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
            records.push_back(std::move(fields));
            fields.assign(1, {});
            ++i;
        } else {
            fields.back() += c;
        }
    }
    return records;
}

std::string readFile(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::stringstream content;
    content << file.rdbuf();
    return content.str();
}

std::string samplePath(const char* name)
{
    return std::string(TIMBRE_SOURCE_DIR "/resources/samples/") + name;
}

} // namespace timbre::test
