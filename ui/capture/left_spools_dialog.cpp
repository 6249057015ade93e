#include "ui/capture/left_spools_dialog.h"

#include "ui/capture/save_job.h"
#include "ui/models/format.h"

#include <QtCore/QDateTime>
#include <QtCore/QFile>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>

namespace timbre::ui {

LeftSpoolsDialog::LeftSpoolsDialog(std::vector<capture::LeftSpool> spools, Theme& theme, QWidget* parent)
    : QDialog(parent)
    , m_spools(std::move(spools))
    , m_list(new QTreeWidget(this))
{
    setWindowTitle(tr("Captures of an earlier run"));
    resize(620, 320);
    m_list->setHeaderLabels({tr("Begun (UTC)"), tr("Source"), tr("Filter"), tr("Size")});
    m_list->setRootIsDecorated(false);
    m_list->setTabKeyNavigation(false);
    m_list->setAccessibleName(windowTitle());
    for (const capture::LeftSpool& spool : m_spools) {
        const QDateTime begun = QDateTime::fromMSecsSinceEpoch(spool.about.started.ns / 1'000'000, Qt::UTC);
        auto* item = new QTreeWidgetItem(m_list, {begun.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")),
                                                  toQString(spool.about.title), toQString(spool.about.filter),
                                                  formatBytes(spool.bytes)});
        item->setTextAlignment(3, Qt::AlignRight | Qt::AlignVCenter);
    }
    m_list->setCurrentItem(m_list->topLevelItem(0));
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    auto* text = new QLabel(tr("Every packet that was written before the program ended is there."), this);
    text->setForegroundRole(QPalette::PlaceholderText);
    auto* buttons = new QHBoxLayout;
    const auto add = [&](const QString& label, const QString& icon, const QString& toolTip, auto act) {
        auto* button = new QPushButton(theme.icon(icon), label, this);
        button->setToolTip(toolTip);
        connect(button, &QPushButton::clicked, this, act);
        buttons->addWidget(button);
    };
    add(tr("&Analyse"), QStringLiteral("open"), tr("Open it where it lies"), [this] { analyse(); });
    add(tr("&Save as…"), QStringLiteral("save"), tr("Save it as a file and remove it here"), [this] { save(); });
    add(tr("&Remove"), QStringLiteral("remove"), tr("Delete its files"), [this] { remove(capture::Removal::Plain); });
    add(tr("S&hred"), QStringLiteral("clear"),
        tr("Overwrite its files once, then delete them. Copies that a disk or file system keeps by itself are out of "
           "reach."),
        [this] { remove(capture::Removal::Shred); });
    buttons->addStretch(1);
    add(tr("&Close"), QStringLiteral("close"), tr("Keep them for later"), [this] { reject(); });
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(text);
    layout->addWidget(m_list, 1);
    layout->addLayout(buttons);
}

const capture::LeftSpool* LeftSpoolsDialog::chosen() const
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    return row < 0 ? nullptr : &m_spools[static_cast<std::size_t>(row)];
}

/// The chosen one is dealt with.
void LeftSpoolsDialog::taken()
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    m_spools.erase(m_spools.begin() + row);
    delete m_list->takeTopLevelItem(row);
    if (m_spools.empty())
        accept();
}

void LeftSpoolsDialog::analyse()
{
    if (const capture::LeftSpool* spool = chosen()) {
        emit openRequested(toQString(spool->path.string()));
        taken();
    }
}

void LeftSpoolsDialog::save()
{
    const capture::LeftSpool* spool = chosen();
    if (spool == nullptr)
        return;
    const QString target = QFileDialog::getSaveFileName(this, tr("Save capture as"), QStringLiteral("capture.pcapng"),
                                                        tr("Captures (*.pcapng)"));
    if (target.isEmpty())
        return;
    auto* job = new SaveJob(spool->path, QFile::encodeName(target).toStdString(), this);
    setEnabled(false);
    connect(job, &SaveJob::finished, this,
            [this, job, target, path = spool->path](const std::optional<Error>& failure) {
                setEnabled(true);
                job->deleteLater();
                if (failure) {
                    emit problemArose(toQString(failure->message));
                    return;
                }
                static_cast<void>(
                    capture::removeSpool(path, capture::Removal::Plain)); // what is left of it is offered again
                emit openRequested(target);
                taken();
            });
}

void LeftSpoolsDialog::remove(capture::Removal how)
{
    const capture::LeftSpool* spool = chosen();
    if (spool == nullptr)
        return;
    const QString question =
        tr("Remove this capture (%1)? Its packets cannot be brought back.").arg(formatBytes(spool->bytes));
    if (QMessageBox::question(this, windowTitle(), question) != QMessageBox::Yes)
        return;
    if (auto removed = capture::removeSpool(spool->path, how); !removed)
        emit problemArose(toQString(removed.error().message));
    taken();
}

} // namespace timbre::ui
