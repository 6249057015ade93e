#include "engine/pipeline/front_stage.h"

#include "engine/base/entropy.h"
#include "engine/base/thread_name.h"

namespace timbre::pipeline {

namespace {

constexpr std::uint64_t kBlocksBetweenStates = 64; // 16 MiB of capture

// While a capture grows: how often it is looked at, after how many looks an empty batch goes out so that the analysis is
// not left waiting, and how often what the reader knows is told.
constexpr auto kBetweenLooks = std::chrono::milliseconds(4);
constexpr int kLooks = 5;
constexpr auto kBetweenStates = std::chrono::milliseconds(100);

} // namespace

void FrontBatch::computeEntropies()
{
    for (std::size_t i = 0; i < frames.size(); ++i)
        frames[i].payloadEntropy = payloadEntropy(decoded.outer[i].payload);
    entropiesReady = true;
}

FrontStage::FrontStage(std::unique_ptr<capture::CaptureReader> reader, std::optional<capture::BpfFilter> filter,
                       decode::DecoderOptions options)
    : m_reader(std::move(reader)), m_filter(std::move(filter)), m_decoder(options)
{
    for (FrontBatch& batch : m_batches)
        m_free.push(&batch);
    m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

FrontStage::~FrontStage()
{
    stop();
}

void FrontStage::stop()
{
    m_thread.request_stop();
    m_free.close();
    m_filled.close();
}

FrontBatch* FrontStage::next()
{
    return m_filled.pop().value_or(nullptr);
}

void FrontStage::recycle(FrontBatch* batch)
{
    m_free.push(batch);
}

void FrontStage::run(const std::stop_token& stop)
{
    setThreadName("timbre-read");
    while (!stop.stop_requested()) {
        const std::optional<FrontBatch*> batch = m_free.pop();
        if (!batch)
            return;
        const bool more = fill(**batch, stop);
        // When the second half is behind, this one takes the entropies off it.
        if (!m_filled.empty())
            (*batch)->computeEntropies();
        if (!m_filled.push(*batch) || !more)
            return;
    }
}

capture::ReadStatus FrontStage::readPatiently(capture::RecordBlock& block, const std::stop_token& stop)
{
    capture::ReadStatus status = m_reader->read(block);
    for (int look = 1; status == capture::ReadStatus::Waiting && look < kLooks && !stop.stop_requested(); ++look) {
        m_waited = true;
        std::this_thread::sleep_for(kBetweenLooks);
        status = m_reader->read(block);
    }
    return status;
}

bool FrontStage::stateDue(const FrontBatch& batch)
{
    const bool newNames = m_reader->facts().resolvedNames.size() != m_namesTold;
    const bool counted = !batch.frames.empty() && m_blocks++ % kBlocksBetweenStates == 0;
    return batch.last || newNames || counted ||
           (m_waited && std::chrono::steady_clock::now() - m_lastTold >= kBetweenStates);
}

bool FrontStage::fill(FrontBatch& batch, const std::stop_token& stop)
{
    batch.entropiesReady = false;
    batch.frames.clear();
    batch.decoded.clear();
    batch.reader.reset();
    noteCheckpoint();
    const capture::ReadStatus status = readPatiently(batch.block, stop);
    const bool more = status != capture::ReadStatus::End;
    if (status == capture::ReadStatus::Records)
        decodeBlock(batch);
    batch.last = !more;
    if (batch.last)
        m_decoder.finish(); // what is still incomplete now counts as abandoned
    batch.fileBytesRead = m_reader->fileBytesRead();
    if (stateDue(batch))
        tellState(batch);
    return more;
}

void FrontStage::decodeBlock(FrontBatch& batch)
{
    for (const capture::Record& record : batch.block.records()) {
        if (m_filter && !m_filter->matches(record.linkType, record.bytes, record.originalLength))
            continue;
        m_decoder.decode(record.time, record.linkType, record.bytes, batch.decoded);
        flow::Frame& frame = batch.frames.emplace_back();
        frame.time = record.time;
        frame.number = record.number;
        frame.capturedLength = static_cast<std::uint32_t>(record.bytes.size());
        frame.originalLength = record.originalLength;
        frame.interfaceIndex = record.interfaceIndex;
    }
}

void FrontStage::noteCheckpoint()
{
    capture::Checkpoint place = m_reader->checkpoint();
    if (!m_checkpoints.empty() && place.offset < m_checkpoints.back().offset + m_checkpointDistance)
        return;
    m_checkpoints.push_back(std::move(place));
    if (m_checkpoints.size() < kMaxCheckpoints)
        return;
    for (std::size_t i = 0; i < m_checkpoints.size() / 2; ++i)
        m_checkpoints[i] = m_checkpoints[2 * i];
    m_checkpoints.resize(m_checkpoints.size() / 2);
    m_checkpointDistance *= 2;
}

void FrontStage::tellState(FrontBatch& batch)
{
    auto state = std::make_shared<ReaderState>();
    state->facts = m_reader->facts();
    state->messages = m_reader->messages();
    state->decoder = m_decoder.counters();
    state->checkpoints = m_checkpoints;
    m_lastTold = std::chrono::steady_clock::now();
    m_namesTold = state->facts.resolvedNames.size();
    batch.reader = std::move(state);
}

} // namespace timbre::pipeline
