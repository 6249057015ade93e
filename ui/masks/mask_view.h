#pragma once

// One mask, spelled out: facts and provenance, signature vector, laws, state machine, and its self-test with every
// figure beside its limit.

#include "engine/pipeline/recording_desk.h"
#include "ui/plots/plot_frame.h"

#include <QtWidgets/QScrollArea>

class QTableView;

namespace timbre::ui {

class DistributionPlots;
class StateGraph;

class MaskView : public QScrollArea {
    Q_OBJECT

public:
    MaskView(Theme& theme, QWidget* parent);

    void show(const pipeline::DeskMask& mask);
    void clear();
    /// Of the mask that is shown; an error when there is nothing to test it with.
    void showTest(const Result<pipeline::MaskTest>& test);
    /// What a mask can be tested against.
    void setRecordings(const std::vector<recording::Recording>& heads);
    /// Without asking for a test; an id that is not there chooses none.
    void chooseRecording(const QString& id);
    [[nodiscard]] QTableView& selfTestTable() { return *m_testTable; }

signals:
    /// The analyst chose this recording to test the mask against.
    void testWanted(const QString& recordingId);
    void pictureFailed(const QString& sentence);

private:
    QWidget* makeTestLine(QWidget* page);
    void makeSignature(QWidget* page);
    void showSignature(const mask::MaskProfile& mask);
    [[nodiscard]] QString factsOf(const pipeline::DeskMask& mask) const;
    void restyle();

    Theme& m_theme;
    QLabel* m_facts = nullptr;
    PlotFrame* m_signature = nullptr;
    QCPBars* m_bars = nullptr;
    QCPGraph* m_spread = nullptr;
    QCPErrorBars* m_whiskers = nullptr;
    DistributionPlots* m_laws = nullptr;
    StateGraph* m_states = nullptr;
    TwinFrame* m_statesFrame = nullptr;
    QWidget* m_testLine = nullptr;
    QComboBox* m_against = nullptr; // its data are ids; the first entry is none
    QLabel* m_testText = nullptr;
    QTableView* m_testTable = nullptr;
    PlotTableModel* m_testModel = nullptr;
};

} // namespace timbre::ui
