#pragma once

// Voice streams of the current capture: a table with both verdicts, and for the chosen stream its timeline, the reasons
// of the verdict and a quality estimate. Follows a capture while it is read; a stream that is chosen becomes the
// selected flow, and the other way round.

#include "ui/bridge/engine_bridge.h"
#include "ui/docks/dock.h"
#include "ui/models/streams_model.h"

class QLabel;
class QStackedWidget;
class QTableView;

namespace timbre::ui {

class EvidenceDrawer;
class StreamPlots;
class TimeMarks;
class VerdictPair;
struct EvidenceHead;
struct RowMeaning;

class AudioDock : public Dock {
    Q_OBJECT

public:
    AudioDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);
    QWidget* focusTarget() override;

    [[nodiscard]] StreamsModel& model() { return *m_model; }
    [[nodiscard]] QTableView& table() { return *m_table; }
    [[nodiscard]] EvidenceDrawer& drawer() { return *m_drawer; }

    /// What the menu of a cell offers as filters; each compiles.
    [[nodiscard]] QStringList termsFor(const audio::StreamReport& stream, StreamsModel::Column column) const;

signals:
    /// The way to the packets: this one, in the flow that is now selected.
    void packetRequested(quint64 number);
    void problemArose(const QString& sentence);

protected:
    void focusChanged(FocusParts parts) override;
    void themeChanged() override;

private:
    EvidenceDrawer* makeDrawer();
    QWidget* makeDetail();
    void makeTable();
    void refresh();
    void showStream();
    void streamChosen();
    void followSelection();
    void showFlows();
    void showPackets();
    void rangeToMoment(Timestamp time);
    [[nodiscard]] StreamPtr current() const;
    [[nodiscard]] RowMeaning meaningOf(const QModelIndex& index) const;
    [[nodiscard]] static QStringList termsOf(const StreamPtr& stream);
    [[nodiscard]] static EvidenceHead headOf(const audio::StreamReport& stream);
    [[nodiscard]] QString factsOf(const audio::StreamReport& stream) const;

    EngineBridge& m_bridge;
    StreamsModel* m_model = nullptr;
    QStackedWidget* m_pages = nullptr;
    EmptyState* m_empty = nullptr;
    QTableView* m_table = nullptr;
    EvidenceDrawer* m_drawer = nullptr;
    QLabel* m_facts = nullptr;
    StreamPlots* m_plots = nullptr;
    std::vector<TimeMarks*> m_marks;
    VerdictPair* m_verdicts = nullptr;
    pipeline::CaptureId m_shownCapture = 0;
    bool m_following = false; // the selection is being taken over: it is not given back
};

} // namespace timbre::ui
