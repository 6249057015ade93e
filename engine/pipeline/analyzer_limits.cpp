#include "engine/pipeline/analyzer_limits.h"

#include "engine/audio/stream_report.h"

namespace timbre::pipeline {

namespace {

void add(std::vector<LimitHit>& hits, std::uint64_t count, std::string_view what)
{
    if (count > 0)
        hits.push_back({count, what});
}

void addAudio(std::vector<LimitHit>& hits, const audio::MonitorCounters& counters)
{
    add(hits, counters.streamsRefused, "voice streams were not judged: too many at once.");
    add(hits, counters.flowsRefused, "flows were not searched for voice: too many at once.");
    add(hits, counters.candidatesDropped, "beginnings of possible voice streams were given up for newer ones.");
    add(hits, counters.announcementsDropped, "announcements of voice streams were left out: too many of them.");
}

void addResonance(std::vector<LimitHit>& hits, const resonance::MonitorCounters& counters)
{
    add(hits, counters.checksDropped, "checks against masks were made and not kept.");
    add(hits, counters.windowsDropped, "checks against masks have no evidence: the memory for it was used up.");
    add(hits, counters.flowsNotWatched, "flows were not checked against masks: the memory for packets was used up.");
    add(hits, counters.masksRefused, "masks were not checked: too many are active.");
}

} // namespace

std::vector<LimitHit> limitsHit(const trends::TrendsCounters& counters)
{
    std::vector<LimitHit> hits;
    add(hits, counters.signalsNotStored, "signals are counted but not listed: their minutes were full.");
    add(hits, counters.signalsNotKept,
        "signals are counted but not listed: a workspace keeps the newest of a capture.");
    add(hits, counters.textsRefused, "signals are left out: there was no room for their text.");
    add(hits, counters.minutesEvicted,
        "minutes of signals are left out: they are older than the retention of 24 hours.");
    add(hits, counters.anomalyRowsRefused, "anomalies are left out of the list.");
    add(hits, counters.entitiesForgotten, "addresses with recent signals were forgotten for newer ones.");
    add(hits, counters.flowsGivenUp,
        "flows were not wholly read for signals: a message was too long, or the memory for streams was used up.");
    return hits;
}

std::vector<LimitHit> limitsHit(const CaptureSnapshot& snapshot)
{
    std::vector<LimitHit> hits;
    if (snapshot.trends)
        hits = limitsHit(snapshot.trends->counters);
    if (snapshot.audio)
        addAudio(hits, snapshot.audio->counters);
    if (snapshot.resonance)
        addResonance(hits, snapshot.resonance->counters);
    return hits;
}

} // namespace timbre::pipeline
