#include "ui/dialogs/note_dialog.h"

#include "ui/models/format.h"

#include <QtCore/QDateTime>
#include <QtGui/QShortcut>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

namespace timbre::ui {

namespace {

constexpr QSize kFirstSize{480, 300};

} // namespace

NoteDialog::NoteDialog(std::vector<NoteChoice> choices, const QString& title, QWidget* parent)
    : QDialog(parent)
    , m_choices(std::move(choices))
    , m_about(new QComboBox(this))
    , m_text(new QPlainTextEdit(this))
    , m_tags(new QLineEdit(this))
    , m_bookmark(new QCheckBox(tr("&Bookmark"), this))
    , m_problem(new QLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this))
{
    setWindowTitle(title);
    resize(kFirstSize);
    for (const NoteChoice& choice : m_choices)
        m_about->addItem(choice.name);
    m_about->setEnabled(m_choices.size() > 1);
    const store::Note& first = m_choices.front().note;
    QStringList tags;
    for (const std::string& tag : first.tags)
        tags << toQString(tag);
    m_text->setPlainText(toQString(first.text));
    m_text->setTabChangesFocus(true);
    m_tags->setText(tags.join(QStringLiteral(", ")));
    m_tags->setPlaceholderText(tr("separated by commas"));
    m_bookmark->setChecked(first.bookmark);
    m_problem->setWordWrap(true);
    m_problem->setForegroundRole(QPalette::PlaceholderText);
    auto* rows = new QFormLayout(this);
    rows->addRow(tr("&About"), m_about);
    rows->addRow(tr("&Note"), m_text);
    rows->addRow(tr("&Tags"), m_tags);
    rows->addRow(QString(), m_bookmark);
    rows->addRow(m_problem);
    rows->addRow(m_buttons);
    m_text->setFocus();

    connect(m_text, &QPlainTextEdit::textChanged, this, &NoteDialog::check);
    connect(m_tags, &QLineEdit::textChanged, this, &NoteDialog::check);
    connect(m_bookmark, &QCheckBox::toggled, this, &NoteDialog::check);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* keys = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this);
    connect(keys, &QShortcut::activated, m_buttons->button(QDialogButtonBox::Save), &QPushButton::click);
    check();
}

store::Note NoteDialog::note() const
{
    store::Note note = m_choices[static_cast<std::size_t>(std::max(0, m_about->currentIndex()))].note;
    note.text = m_text->toPlainText().toStdString();
    note.tags.clear();
    for (const QString& tag : m_tags->text().split(QLatin1Char(','), Qt::SkipEmptyParts))
        note.tags.push_back(tag.toStdString());
    note.bookmark = m_bookmark->isChecked();
    const Timestamp now{QDateTime::currentMSecsSinceEpoch() * 1'000'000};
    if (note.key == store::NoteKey::None)
        note.created = now;
    note.changed = now;
    return note;
}

void NoteDialog::check()
{
    const auto tidy = store::tidied(note());
    m_buttons->button(QDialogButtonBox::Save)->setEnabled(tidy.ok());
    m_problem->setText(tidy ? tr("Ctrl+Enter saves.") : toQString(tidy.error().message));
}

} // namespace timbre::ui
