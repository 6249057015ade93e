#include "ui/dialogs/export_dialog.h"

#include "engine/pipeline/text_format.h"
#include "ui/dialogs/proposed_folder.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QRadioButton>

#include <algorithm>

namespace timbre::ui {

namespace {

constexpr int kWidth = 520;

QString ending(ExportForm form)
{
    switch (form) {
    case ExportForm::Csv:
        return QStringLiteral(".csv");
    case ExportForm::JsonLines:
        return QStringLiteral(".ndjson");
    case ExportForm::ZeekConnLog:
        return QStringLiteral(".conn.log");
    case ExportForm::Packets:
        return QStringLiteral(".pcapng");
    }
    return {};
}

pipeline::FlowFormat formatOf(ExportForm form)
{
    return form == ExportForm::Csv         ? pipeline::FlowFormat::Csv
           : form == ExportForm::JsonLines ? pipeline::FlowFormat::JsonLines
                                           : pipeline::FlowFormat::ZeekConnLog;
}

QString count(std::size_t number)
{
    return QString::fromStdString(pipeline::formatCount(number));
}

std::filesystem::path pathOf(const QString& text)
{
    return QFile::encodeName(text).toStdString();
}

} // namespace

ExportDialog::ExportDialog(ExportSource source, ExportForm form, QWidget* parent)
    : QDialog(parent)
    , m_source(std::move(source))
{
    setWindowTitle(tr("Export"));
    m_form = new QComboBox(this);
    m_form->addItem(tr("Flows as CSV"), static_cast<int>(ExportForm::Csv));
    m_form->addItem(tr("Flows as JSON lines"), static_cast<int>(ExportForm::JsonLines));
    m_form->addItem(tr("Flows as Zeek conn.log"), static_cast<int>(ExportForm::ZeekConnLog));
    m_form->addItem(tr("Packets as pcapng"), static_cast<int>(ExportForm::Packets));
    m_form->setCurrentIndex(m_form->findData(static_cast<int>(form)));
    m_formNote = new QLabel(this);
    m_formNote->setWordWrap(true);
    m_headersOnly = new QCheckBox(tr("&Headers only, without what the packets carry"), this);
    m_replace = new QCheckBox(tr("&Replace the file that is there"), this);

    auto* rows = new QFormLayout;
    rows->addRow(tr("What"), makeScope());
    rows->addRow(tr("&Form"), m_form);
    rows->addRow(QString(), m_formNote);
    rows->addRow(QString(), m_headersOnly);
    rows->addRow(tr("F&ile"), makeTarget());
    rows->addRow(QString(), m_replace);
    m_buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_buttons->addButton(tr("&Export"), QDialogButtonBox::AcceptRole);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(rows);
    layout->addStretch();
    layout->addWidget(m_buttons);

    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_form, &QComboBox::currentIndexChanged, this, &ExportDialog::formChanged);
    connect(m_target, &QLineEdit::textChanged, this, &ExportDialog::update);
    connect(m_replace, &QCheckBox::toggled, this, &ExportDialog::update);
    resize(kWidth, sizeHint().height());
    const bool spool = m_source.capture->live && !m_source.capture->live->saved; // no place to put files
    const QFileInfo capture(spool ? QDir::home().filePath(tr("capture"))
                                  : QString::fromStdString(m_source.capture->path));
    m_target->setText(proposedFolder(capture).filePath(capture.completeBaseName() + tr("-export") + ending(form)));
    formChanged();
}

QWidget* ExportDialog::makeScope()
{
    auto* scope = new QWidget(this);
    auto* rows = new QVBoxLayout(scope);
    rows->setContentsMargins(0, 0, 0, 0);
    const std::size_t shown = m_source.shown ? m_source.shown->size() : m_source.flows->size();
    m_shown = new QRadioButton(tr("&All flows in the table: %1").arg(count(shown)), scope);
    m_selected = new QRadioButton(tr("&Selected flows: %1").arg(count(m_source.selected.size())), scope);
    m_selected->setEnabled(!m_source.selected.empty());
    (m_source.selected.size() > 1 ? m_selected : m_shown)->setChecked(true);
    rows->addWidget(m_shown);
    rows->addWidget(m_selected);
    return scope;
}

QWidget* ExportDialog::makeTarget()
{
    auto* place = new QWidget(this);
    auto* row = new QHBoxLayout(place);
    row->setContentsMargins(0, 0, 0, 0);
    m_target = new QLineEdit(place);
    m_target->setAccessibleName(tr("File to write"));
    auto* choose = new QPushButton(tr("&Choose…"), place);
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, &ExportDialog::chooseTarget);
    row->addWidget(m_target, 1);
    row->addWidget(choose);
    place->setFocusProxy(m_target);
    return place;
}

ExportForm ExportDialog::form() const
{
    return static_cast<ExportForm>(m_form->currentData().toInt());
}

QString ExportDialog::target() const
{
    return m_target->text();
}

/// The ending follows the form as long as it is one of ours.
void ExportDialog::formChanged()
{
    QString path = m_target->text();
    for (const auto known : {ExportForm::Csv, ExportForm::JsonLines, ExportForm::ZeekConnLog, ExportForm::Packets}) {
        if (path.endsWith(ending(known))) {
            path.chop(ending(known).size());
            m_target->setText(path + ending(form()));
            break;
        }
    }
    m_headersOnly->setVisible(form() == ExportForm::Packets);
    m_formNote->setText(form() == ExportForm::Packets
                            ? tr("The packets of these flows, read from the capture once more.")
                            : tr("Facts about the flows; no packet bytes."));
    update();
}

void ExportDialog::update()
{
    const QFileInfo file(target());
    const bool there = file.exists();
    m_replace->setVisible(there && !file.isDir());
    if (!there)
        m_replace->setChecked(false);
    const bool ready = !target().isEmpty() && !file.isDir() && (!there || m_replace->isChecked());
    for (QAbstractButton* button : m_buttons->buttons()) {
        if (m_buttons->buttonRole(button) == QDialogButtonBox::AcceptRole)
            button->setEnabled(ready);
    }
}

void ExportDialog::chooseTarget()
{
    // The question whether to replace is the dialog's own, in one place for typed and chosen names.
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Export to"), target(), {}, nullptr, QFileDialog::DontConfirmOverwrite);
    if (!path.isEmpty())
        m_target->setText(path);
}

std::vector<std::uint32_t> ExportDialog::chosenFlows() const
{
    if (m_selected->isChecked())
        return m_source.selected;
    if (m_source.shown)
        return *m_source.shown;
    std::vector<std::uint32_t> all(m_source.flows->size());
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = static_cast<std::uint32_t>(i);
    return all;
}

ExportRequest ExportDialog::request() const
{
    std::vector<std::uint32_t> flows = chosenFlows();
    if (form() != ExportForm::Packets) {
        pipeline::FlowFileRequest request;
        request.format = formatOf(form());
        request.flows = m_source.flows;
        request.rows = std::make_shared<const std::vector<std::uint32_t>>(std::move(flows));
        request.target = pathOf(target());
        request.overwrite = m_replace->isChecked();
        return request;
    }
    std::sort(flows.begin(), flows.end());
    pipeline::PacketExportRequest request;
    request.headersOnly = m_headersOnly->isChecked();
    request.source = m_source.capture->path;
    request.sourceBytes = m_source.capture->facts.fileBytes;
    request.checkpoints = m_source.capture->checkpoints;
    request.flows = m_source.flows;
    request.wanted = std::move(flows);
    request.range = m_source.range;
    request.target = pathOf(target());
    request.overwrite = m_replace->isChecked();
    return request;
}

} // namespace timbre::ui
