#include "engine/pipeline/front_stage.h"

#include "engine/base/entropy.h"
#include "engine/base/thread_name.h"

namespace timbre::pipeline {

namespace {

constexpr std::uint64_t kBlocksBetweenStates = 64; // 16 MiB of capture

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
        const bool more = fill(**batch);
        // When the second half is behind, this one takes the entropies off it.
        if (!m_filled.empty())
            (*batch)->computeEntropies();
        if (!m_filled.push(*batch) || !more)
            return;
    }
}

bool FrontStage::fill(FrontBatch& batch)
{
    batch.entropiesReady = false;
    batch.frames.clear();
    batch.decoded.clear();
    batch.reader.reset();
    noteCheckpoint();
    const bool more = m_reader->read(batch.block) == capture::ReadStatus::Records;
    if (more)
        decodeBlock(batch);
    batch.last = !more;
    if (batch.last)
        m_decoder.finish(); // what is still incomplete now counts as abandoned
    batch.fileBytesRead = m_reader->fileBytesRead();
    const bool newNames = m_reader->facts().resolvedNames.size() != m_namesTold;
    if (batch.last || newNames || m_blocks++ % kBlocksBetweenStates == 0)
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
    m_namesTold = state->facts.resolvedNames.size();
    batch.reader = std::move(state);
}

} // namespace timbre::pipeline
