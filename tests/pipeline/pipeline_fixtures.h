#pragma once

// Captures for the pipeline's tests: made by the generator, written to a directory that goes away with the test.

#include "engine/flow/flow_record.h"
#include "engine/pipeline/flow_sink.h"
#include "tests/generator/capture_file.h"

#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <map>

namespace timbre::test {

/// Keeps what an analysis hands out.
class KeptFlows : public pipeline::FlowSink {
public:
    std::vector<flow::FlowRecord> records;
    void flowEnded(const flow::FlowRecord& record) override { records.push_back(record); }
};

class CaptureDirectory {
public:
    [[nodiscard]] std::filesystem::path path(const char* name) const
    {
        return std::filesystem::path(m_directory.path().toStdString()) / name;
    }

    std::filesystem::path write(const char* name, generator::CapturedTraffic& traffic,
                                const generator::CaptureFileOptions& options = {}) const
    {
        const generator::Bytes bytes = generator::writeCapture(traffic, options);
        std::ofstream file(path(name), std::ios::binary | std::ios::trunc);
        file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        return path(name);
    }

private:
    QTemporaryDir m_directory;
};

} // namespace timbre::test
