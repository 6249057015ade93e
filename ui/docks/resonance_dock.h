#pragma once

// Does traffic still sound like its masks? Above, how strongly every flow (or pair of hosts, or a recording) resembles
// every mask; below, both scores of the selected one over time with their limits, and the evidence behind the
// calibrated score, with a way to the packets it was made of; or the checks that other limits would flip. A watched
// flow that turns warning or compromised is reported.

#include "ui/bridge/engine_bridge.h"
#include "ui/docks/dock.h"
#include "ui/docks/resonance_source.h"
#include "ui/models/resonance_index.h"

#include <QtCore/QTimer>

#include <map>
#include <set>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QTableView;

namespace timbre::ui {

class EvidenceDrawer;
class EvidenceModel;
class FlipsModel;
class ResonanceMatrix;
class ResonanceTimeline;
class TimeMarks;

class ResonanceDock : public Dock {
    Q_OBJECT

public:
    ResonanceDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);
    ~ResonanceDock() override;

    QWidget* focusTarget() override;
    [[nodiscard]] ResonanceMatrix& matrix() { return *m_matrix; }
    [[nodiscard]] ResonanceTimeline& timeline() { return *m_timeline; }
    [[nodiscard]] EvidenceDrawer& drawer() { return *m_drawer; }
    [[nodiscard]] EvidenceModel& evidence() { return *m_evidence; }
    [[nodiscard]] FlipsModel& flips() { return *m_flips; }
    [[nodiscard]] QTableView& evidenceView() { return *m_evidenceView; }
    [[nodiscard]] QTableView& flipsView() { return *m_flipsView; }
    [[nodiscard]] QTabWidget& tabs() { return *m_tabs; }
    [[nodiscard]] ResonanceSource& source() { return *m_source; }
    /// Checks a recording that is kept against the masks, and shows it.
    void checkRecording(const recording::SessionId& id);
    [[nodiscard]] QString whatIfText() const;
    [[nodiscard]] QString headline() const;
    void setWatched(std::uint32_t flow, bool watched);

signals:
    /// The packets of a window are selected in the focus; show them.
    void packetsRequested();
    /// A watched flow turned warning or compromised.
    void alerted(timbre::pipeline::CaptureId capture, quint32 flow, const QString& sentence);
    void problemArose(const QString& sentence);

protected:
    void focusChanged(FocusParts parts) override;

private:
    enum Page { EmptyPage, ResultsPage };

    QWidget* makeResults();
    QWidget* makeDetail();
    QWidget* makeTables(QWidget* parent);
    void refresh();
    void refreshSoon();
    void showFlow();
    void showMask(int position);
    void showCheck(std::size_t position);
    void showHead(const resonance::CheckRecord& check);
    void sayNote(const QString& note);
    void showEvidence(const resonance::CheckRecord& check);
    void showWhatIf();
    void showFlows();
    void showPackets();
    void makeTableActions();
    void alertOfWatched();
    void showFlip(const QModelIndex& index);
    void showSubject(std::uint32_t subject);
    void showNothing();
    [[nodiscard]] std::vector<std::uint32_t> flowsOf(const resonance::Subject& pair) const;
    [[nodiscard]] std::vector<std::uint32_t> flowsBehind(std::uint32_t subject) const;
    [[nodiscard]] QStringList termsOf(std::uint32_t subject, std::size_t mask) const;
    [[nodiscard]] QString maskTerm(std::size_t mask) const;
    void sayEmpty(const pipeline::CaptureSnapshot* capture);
    [[nodiscard]] std::vector<resonance::CheckRecord> checksShown() const;

    EngineBridge& m_bridge;
    ResonanceSource* m_source = nullptr;
    QStackedWidget* m_pages = nullptr;
    EmptyState* m_empty = nullptr;
    ResonanceMatrix* m_matrix = nullptr;
    EvidenceDrawer* m_drawer = nullptr;
    QLabel* m_both = nullptr;
    QComboBox* m_mask = nullptr;
    QCheckBox* m_watch = nullptr;
    ResonanceTimeline* m_timeline = nullptr;
    TimeMarks* m_marks = nullptr; // of the timeline
    QLabel* m_whatIf = nullptr;
    QPushButton* m_reset = nullptr;
    EvidenceModel* m_evidence = nullptr;
    QTableView* m_evidenceView = nullptr;
    FlipsModel* m_flips = nullptr;
    QTableView* m_flipsView = nullptr;
    QTabWidget* m_tabs = nullptr;
    QLabel* m_evidenceNote = nullptr;
    QTimer m_timer;

    CaptureId m_capture = 0;                                      // that the index is about
    resonance::SubjectKind m_kind = resonance::SubjectKind::Flow; // likewise
    ResonanceIndex m_index;
    std::uint32_t m_flow = flow::kNoFlow; // or another subject
    std::uint16_t m_shownMask = resonance::kNoMask;
    std::optional<resonance::CheckRecord> m_shownCheck;
    std::map<CaptureId, std::set<std::uint32_t>> m_watched;
    std::map<std::pair<CaptureId, std::uint32_t>, resonance::Status> m_worst; // reported of watched flows
};

} // namespace timbre::ui
