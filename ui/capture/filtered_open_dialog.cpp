#include "ui/capture/filtered_open_dialog.h"

#include "ui/capture/bpf_edit.h"

#include <QtCore/QFileInfo>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace timbre::ui {

FilteredOpenDialog::FilteredOpenDialog(const QStringList& files, Theme& theme, QWidget* parent)
    : QDialog(parent)
    , m_filter(new BpfEdit(theme, this))
{
    setWindowTitle(tr("Open with a capture filter"));
    auto* what = new QLabel(tr("Only packets of %1 that fit are analysed; the rest is read past.")
                                .arg(files.size() == 1 ? QStringLiteral("“%1”").arg(QFileInfo(files.first()).fileName())
                                                       : tr("%Ln captures", nullptr, static_cast<int>(files.size()))),
                            this);
    what->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton* open = buttons->addButton(tr("Open"), QDialogButtonBox::AcceptRole);
    open->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(Theme::kMargin);
    layout->addWidget(what);
    layout->addWidget(m_filter);
    layout->addStretch(1);
    layout->addWidget(buttons);
    resize(520, sizeHint().height());
    connect(m_filter, &BpfEdit::checked, open, [this, open] { open->setEnabled(m_filter->usable()); });
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        m_filter->remember();
        accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_filter->setFocus();
}

QString FilteredOpenDialog::filter() const
{
    return m_filter->filter();
}

} // namespace timbre::ui
