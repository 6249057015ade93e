#pragma once

// The interfaces as a list with their state, addresses and a minute of traffic as a sparkline. Rows stay in place while
// figures change. One can be chosen, or several by their boxes.

#include "ui/capture/interface_watch.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QTreeWidget>

namespace timbre::ui {

class InterfaceList : public QTreeWidget {
    Q_OBJECT

public:
    enum class Choice { One, Several };
    InterfaceList(InterfaceWatch& watch, Theme& theme, Choice choice, QWidget* parent);

    /// Checked ones, or the current one.
    [[nodiscard]] QStringList chosen() const;
    void choose(const QStringList& names);

signals:
    void choiceChanged();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    enum Column : int { kName, kState, kTraffic, kRate, kAddresses, kColumns };
    enum DataRole : int { SamplesRole = Qt::UserRole };
    class SparklineDelegate;

    void refresh();
    void fill(QTreeWidgetItem& item, const InterfaceWatch::Interface& interface);
    [[nodiscard]] QTreeWidgetItem* itemOf(const QString& name) const;

    InterfaceWatch& m_watch;
    Theme& m_theme;
    Choice m_choice;
    QStringList m_wanted; // to be chosen once they are listed
    bool m_watching = false;
};

} // namespace timbre::ui
