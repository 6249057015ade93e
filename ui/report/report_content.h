#pragma once

// What a report of a case says, as plain values: facts, pictures of views, notes, tables, and with each of them how it
// is made again. Who gathers it (the window) and who writes it down (report_html.h) know nothing of each other.

#include <QtCore/QStringList>
#include <QtGui/QImage>

#include <vector>

namespace timbre::ui {

struct ReportFact {
    QString name;
    QString value;
};

struct ReportPicture {
    QString title;
    QImage image;
    QStringList conditions; // "Filter: …", "Time range: …": what the view showed
    QString command;        // that lists the same flows; empty when there is none
};

struct ReportNote {
    QString about;
    QString text;
    QString tags;
    QString written; // when
    bool bookmark = false;
};

struct ReportTable {
    QString title;
    QStringList columns;
    std::vector<bool> numbers; // by column: to the right
    std::vector<QStringList> rows;
    QString remark; // how many rows there are in all, what was left out
    QString command;
};

struct ReportContent {
    QString title;
    QString made; // when and by what
    std::vector<ReportFact> facts;
    std::vector<ReportPicture> pictures;
    bool withNotes = false;
    std::vector<ReportNote> notes;
    std::vector<ReportTable> tables;
    QStringList remarks; // what a reader must know to read the figures rightly
};

} // namespace timbre::ui
