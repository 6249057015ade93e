#pragma once

// The parts of a report that come from a snapshot alone: facts of the capture, notes, the largest flows, voice streams,
// and the commands that make the same lists again.

#include "engine/pipeline/capture_snapshot.h"
#include "ui/models/notes_model.h"
#include "ui/report/report_content.h"

namespace timbre::ui {

/// Rows of any table in a report; what is left out is said.
inline constexpr std::size_t kMaxReportRows = 1000;

[[nodiscard]] std::vector<ReportFact> captureFacts(const pipeline::CaptureSnapshot& capture, const Focus& focus);
[[nodiscard]] QStringList captureRemarks(const pipeline::CaptureSnapshot& capture);
[[nodiscard]] std::vector<ReportNote> notesOf(const pipeline::NoteList& notes, const NotedThings& things,
                                              const Focus& focus);

/// The filter and the range, in words.
[[nodiscard]] QStringList conditionsOf(const FocusState& state, const Focus& focus);
/// "timbre-cli flows …" with that filter and range; for filters about notes the workspace is read, which has them.
[[nodiscard]] QString flowsCommand(const pipeline::CaptureSnapshot& capture, const FocusState& state,
                                   const QString& workspace, const QString& more = {});
/// As a POSIX shell takes it for one word.
[[nodiscard]] QString shellWord(const QString& text);

/// `rows` in the order to be shown; the first `limit` of them are.
[[nodiscard]] ReportTable flowTable(const pipeline::CaptureSnapshot& capture, const std::vector<std::uint32_t>& rows,
                                    std::size_t limit, const Focus& focus);
/// No rows when nobody looked for anomalies, or there are none.
[[nodiscard]] ReportTable anomalyTable(const pipeline::CaptureSnapshot& capture, const Focus& focus);
/// No rows when nobody looked for streams, or there are none.
[[nodiscard]] ReportTable voiceTable(const pipeline::CaptureSnapshot& capture, const Focus& focus);

} // namespace timbre::ui
