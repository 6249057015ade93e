#pragma once

// All that is known of the selected flow: facts, both sides' figures, the way through the TCP states, and two plots of
// its packets. With several flows selected: their sums and a list to pick one from.

#include "ui/bridge/engine_bridge.h"
#include "ui/docks/dock.h"
#include "ui/plots/series.h"

#include <QtCore/QTimer>

class QStackedWidget;

namespace timbre::ui {

class FlowFactsView;
class FlowPlots;
class FlowSumsView;
class PacketSource;

class FlowDock : public Dock {
    Q_OBJECT

public:
    FlowDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);
    ~FlowDock() override;

    QWidget* focusTarget() override;
    [[nodiscard]] FlowPlots& plots() { return *m_plots; }
    [[nodiscard]] FlowFactsView& facts() { return *m_facts; }
    [[nodiscard]] FlowSumsView& sums() { return *m_sums; }
    [[nodiscard]] bool searching() const;

    /// Packets that the plots take from one flow; a note says when there are more.
    static constexpr std::size_t kMaxSamples = 500'000;

signals:
    /// A packet in a plot was chosen; the Packets dock shows it.
    void packetChosen(quint64 number);
    void problemArose(const QString& sentence);

protected:
    void focusChanged(FocusParts parts) override;

private:
    enum Page { EmptyPage, OnePage, SeveralPage };

    void showSelection();
    void showFlow(const pipeline::CaptureSnapshot& capture, std::uint32_t flow);
    void searchSoon();
    void search();
    void captureChanged(CaptureId id);
    void addSamples(const pipeline::PacketChunk& chunk);
    void showSamples(const QString& remark);
    void searchFinished(bool capped, const std::optional<Error>& failure);
    [[nodiscard]] std::uint32_t currentFlow(const pipeline::CaptureSnapshot& capture) const;

    EngineBridge& m_bridge;
    PacketSource* m_source = nullptr;
    QStackedWidget* m_pages = nullptr;
    EmptyState* m_empty = nullptr;
    QWidget* m_onePage = nullptr;
    FlowFactsView* m_facts = nullptr;
    FlowPlots* m_plots = nullptr;
    FlowSumsView* m_sums = nullptr;
    QTimer m_searchTimer;

    bool m_seen = false;
    bool m_dirty = true;
    std::uint32_t m_flow = flow::kNoFlow; // that the plots show
    CaptureId m_capture = 0;              // it belongs to
    std::uint64_t m_packetsAtSearch = 0;
    Timestamp m_start;
    std::int64_t m_spanNs = 0;
    std::vector<FlowSample> m_samples; // gathered so far
    std::size_t m_samplesShown = 0;
};

} // namespace timbre::ui
