#include "ui/capture/interface_list.h"

#include "ui/models/format.h"

#include <QtCore/QScopedValueRollback>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QStyledItemDelegate>

#include <algorithm>

namespace timbre::ui {

namespace {

constexpr int kSparkWidth = 120;

QString stateOf(const capture::LiveInterfaceInfo& info)
{
    if (!info.up)
        return InterfaceList::tr("off");
    return info.running && info.connected ? InterfaceList::tr("up") : InterfaceList::tr("no link");
}

QString describe(const capture::LiveInterfaceInfo& info)
{
    QStringList parts;
    for (const std::string& address : info.addresses)
        parts << toQString(address);
    if (parts.isEmpty() && !info.description.empty())
        parts << toQString(info.description);
    if (info.wireless)
        parts << InterfaceList::tr("wireless");
    return parts.join(QStringLiteral(", "));
}

} // namespace

/// A minute of packets per second, scaled to its own maximum.
class InterfaceList::SparklineDelegate : public QStyledItemDelegate {
public:
    SparklineDelegate(const Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const QVariantList samples = index.data(SamplesRole).toList();
        const QRectF box = QRectF(option.rect).adjusted(4, 3, -4, -3);
        painter->save();
        painter->setPen(m_theme.color(Role::Line));
        painter->drawLine(box.bottomLeft(), box.bottomRight());
        double highest = 1;
        for (const QVariant& sample : samples)
            highest = std::max(highest, sample.toDouble());
        painter->setPen(QPen(m_theme.color(Role::Accent), 1));
        const double step = box.width() / static_cast<double>(InterfaceWatch::kSamples - 1);
        QPolygonF line;
        for (qsizetype i = 0; i < samples.size(); ++i)
            line << QPointF(box.right() - static_cast<double>(samples.size() - 1 - i) * step,
                            box.bottom() - box.height() * samples[i].toDouble() / highest);
        painter->drawPolyline(line);
        painter->restore();
    }

private:
    const Theme& m_theme;
};

InterfaceList::InterfaceList(InterfaceWatch& watch, Theme& theme, Choice choice, QWidget* parent)
    : QTreeWidget(parent)
    , m_watch(watch)
    , m_theme(theme)
    , m_choice(choice)
{
    setColumnCount(kColumns);
    setHeaderLabels({tr("Interface"), tr("State"), tr("Last minute"), tr("Packets/s"), tr("Addresses")});
    headerItem()->setTextAlignment(kRate, Qt::AlignRight | Qt::AlignVCenter);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setTabKeyNavigation(false);
    setAllColumnsShowFocus(true);
    setAccessibleName(tr("Network interfaces"));
    header()->setStretchLastSection(true);
    header()->setSectionsMovable(false);
    setItemDelegateForColumn(kTraffic, new SparklineDelegate(theme, this));
    setHeaderHidden(choice == Choice::One);
    connect(&watch, &InterfaceWatch::changed, this, &InterfaceList::refresh);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    connect(this, &QTreeWidget::itemChanged, this, &InterfaceList::choiceChanged);
    connect(this, &QTreeWidget::currentItemChanged, this, &InterfaceList::choiceChanged);
    refresh();
}

void InterfaceList::showEvent(QShowEvent* event)
{
    QTreeWidget::showEvent(event);
    if (!std::exchange(m_watching, true))
        m_watch.watch();
}

void InterfaceList::hideEvent(QHideEvent* event)
{
    QTreeWidget::hideEvent(event);
    if (std::exchange(m_watching, false))
        m_watch.unwatch();
}

void InterfaceList::resizeEvent(QResizeEvent* event)
{
    QTreeWidget::resizeEvent(event);
    const int letter = fontMetrics().averageCharWidth();
    setColumnWidth(kName, letter * 18);
    setColumnWidth(kState, letter * 9);
    setColumnWidth(kTraffic, kSparkWidth);
    setColumnWidth(kRate, letter * 11);
}

QTreeWidgetItem* InterfaceList::itemOf(const QString& name) const
{
    for (int i = 0; i < topLevelItemCount(); ++i) {
        if (topLevelItem(i)->text(kName) == name)
            return topLevelItem(i);
    }
    return nullptr;
}

void InterfaceList::refresh()
{
    const QSignalBlocker quiet(this);
    const auto& interfaces = m_watch.interfaces();
    for (int i = topLevelItemCount() - 1; i >= 0; --i) {
        const std::string name = topLevelItem(i)->text(kName).toStdString();
        const bool there = std::any_of(interfaces.begin(), interfaces.end(),
                                       [&](const InterfaceWatch::Interface& each) { return each.info.name == name; });
        if (!there)
            delete takeTopLevelItem(i);
    }
    for (const InterfaceWatch::Interface& interface : interfaces) {
        QTreeWidgetItem* item = itemOf(toQString(interface.info.name));
        if (item == nullptr) {
            item = new QTreeWidgetItem(this, {toQString(interface.info.name)});
            item->setTextAlignment(kRate, Qt::AlignRight | Qt::AlignVCenter);
            if (m_choice == Choice::Several)
                item->setCheckState(kName, Qt::Unchecked);
        }
        fill(*item, interface);
    }
    if (!m_wanted.isEmpty())
        choose(m_wanted);
}

void InterfaceList::fill(QTreeWidgetItem& item, const InterfaceWatch::Interface& interface)
{
    const QString state = stateOf(interface.info);
    const bool up = state == tr("up");
    item.setText(kState, state);
    item.setIcon(kState, m_theme.stateIcon(up ? Role::Good : Role::Unknown));
    const QString rate = interface.packetsPerSecond.empty()
                             ? QString()
                             : formatCount(static_cast<std::uint64_t>(interface.packetsPerSecond.back()));
    item.setText(kRate, isHeaderHidden() && !rate.isEmpty() ? tr("%1/s").arg(rate) : rate); // the header has the unit
    item.setToolTip(kRate, interface.bytesPerSecond.empty() ? QString() : formatRate(interface.bytesPerSecond.back()));
    item.setText(kAddresses, describe(interface.info));
    item.setToolTip(kAddresses, describe(interface.info));
    QVariantList samples;
    for (const double sample : interface.packetsPerSecond)
        samples << sample;
    item.setData(kTraffic, SamplesRole, samples);
}

QStringList InterfaceList::chosen() const
{
    QStringList names;
    for (int i = 0; i < topLevelItemCount() && m_choice == Choice::Several; ++i) {
        if (topLevelItem(i)->checkState(kName) == Qt::Checked)
            names << topLevelItem(i)->text(kName);
    }
    if (names.isEmpty() && currentItem() != nullptr)
        names << currentItem()->text(kName);
    return names;
}

void InterfaceList::choose(const QStringList& names)
{
    m_wanted = names;
    bool found = false;
    for (const QString& name : names) {
        QTreeWidgetItem* item = itemOf(name);
        if (item == nullptr)
            continue;
        found = true;
        if (m_choice == Choice::Several)
            item->setCheckState(kName, Qt::Checked);
        setCurrentItem(item);
    }
    if (!found)
        return;
    m_wanted.clear();
    emit choiceChanged();
}

} // namespace timbre::ui
