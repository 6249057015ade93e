#include "engine/pipeline/flow_marking.h"

#include "engine/audio/stream_report.h"

#include <map>

namespace timbre::pipeline {

namespace {

/// Of several streams in one flow the gravest verdict counts.
int gravity(audio::Verdict verdict)
{
    switch (verdict) {
    case audio::Verdict::Abusive:
        return 3;
    case audio::Verdict::Suspect:
        return 2;
    case audio::Verdict::Legitimate:
        return 1;
    case audio::Verdict::NotEnough:
        break;
    }
    return 0;
}

std::vector<flow::VerdictMark> verdictsOf(const audio::StreamList& list)
{
    std::map<std::uint32_t, const audio::CalibratedVerdict*> gravest;
    for (const auto& stream : list.streams) {
        if (stream->media != audio::Media::Audio)
            continue;
        const audio::CalibratedVerdict*& known = gravest[stream->flow];
        if (!known || gravity(stream->calibrated.verdict) > gravity(known->verdict))
            known = &stream->calibrated;
    }
    std::vector<flow::VerdictMark> marks;
    marks.reserve(gravest.size());
    for (const auto& [flow, verdict] : gravest)
        marks.push_back({flow, audio::wordFor(verdict->verdict), verdict->confidence});
    return marks;
}

} // namespace

void markFlows(CaptureSnapshot& snapshot)
{
    if (!snapshot.audio || snapshot.audio->streams.empty())
        return;
    auto flows = std::make_shared<flow::FlowSnapshot>(*snapshot.flows);
    flows->setMarks(std::make_shared<flow::FlowMarks>(verdictsOf(*snapshot.audio)));
    snapshot.flows = std::move(flows);
}

} // namespace timbre::pipeline
