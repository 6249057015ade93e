#pragma once

// The thinnest layer over SQLite's C interface that cannot leak: a connection, a prepared statement and a transaction
// as scoped objects, and every failure as an Error with a sentence. A connection and what was made from it belong to
// one thread at a time. Nothing outside this room includes this header.

#include "engine/base/bytes.h"
#include "engine/base/result.h"

#include <sqlite3.h>

#include <filesystem>
#include <memory>

namespace timbre::store {

/// What the caller was about to do, for the sentence: "Cannot <attempt>: the disk is full."
[[nodiscard]] Error sqliteError(sqlite3* connection, int code, std::string_view attempt);

class Statement {
public:
    Statement() = default;

    // Parameters count from 1. Text and blobs are not copied: they must live until step() or reset().
    void bind(int parameter, std::int64_t value) { sqlite3_bind_int64(m_handle.get(), parameter, value); }
    void bind(int parameter, std::uint64_t value) { bind(parameter, static_cast<std::int64_t>(value)); }
    void bind(int parameter, int value) { bind(parameter, static_cast<std::int64_t>(value)); }
    void bind(int parameter, std::uint32_t value) { bind(parameter, static_cast<std::int64_t>(value)); }
    void bind(int parameter, double value) { sqlite3_bind_double(m_handle.get(), parameter, value); }
    void bind(int parameter, std::string_view text);
    void bindBlob(int parameter, Bytes bytes);
    void bindNull(int parameter) { sqlite3_bind_null(m_handle.get(), parameter); }

    /// Moves to the next row: true when there is one. A failed statement is reset.
    Result<bool> step(std::string_view attempt);
    /// For statements without rows: runs to the end and resets.
    Result<void> run(std::string_view attempt);
    /// Ends the reading, and with it the hold on the write-ahead log.
    void reset() { sqlite3_reset(m_handle.get()); }

    // Columns count from 0; only after step() gave true. Text stays valid until the next step() or reset().
    [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(m_handle.get(), column); }
    [[nodiscard]] std::uint64_t natural(int column) const { return static_cast<std::uint64_t>(integer(column)); }
    [[nodiscard]] double real(int column) const { return sqlite3_column_double(m_handle.get(), column); }
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] Bytes blob(int column) const;
    [[nodiscard]] bool isNull(int column) const { return sqlite3_column_type(m_handle.get(), column) == SQLITE_NULL; }

private:
    friend class Connection;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> m_handle;
};

/// Resets a statement at the end of a block, however that is left.
class ScopedReset {
public:
    explicit ScopedReset(Statement& statement)
        : m_statement(statement)
    {
    }
    ~ScopedReset() { m_statement.reset(); }
    ScopedReset(const ScopedReset&) = delete;
    ScopedReset& operator=(const ScopedReset&) = delete;

private:
    Statement& m_statement;
};

enum class OpenMode {
    ReadOnly,
    ReadWrite, // the file must exist
    Immutable, // read-only, and nobody writes it: leaves no file beside it
    Memory,    // a private database in memory; the path is ignored
};

class Connection {
public:
    /// `vfs` names SQLite's way to the disk; empty for the usual one. The connection distrusts the file: no functions
    /// out of its schema, no writes to the schema table.
    static Result<Connection> open(const std::filesystem::path& path, OpenMode mode, int busyTimeoutMs,
                                   const std::string& vfs);

    Result<Statement> prepare(std::string_view sql, std::string_view attempt);
    /// Runs one or more statements without parameters, ignoring rows.
    Result<void> execute(const char* sql, std::string_view attempt);
    Result<std::int64_t> queryInteger(std::string_view sql, std::string_view attempt);

    [[nodiscard]] std::int64_t lastChanges() const { return sqlite3_changes64(m_handle.get()); }
    [[nodiscard]] bool inTransaction() const { return sqlite3_get_autocommit(m_handle.get()) == 0; }

private:
    struct Close {
        // _v2 waits for statements that are still alive, so that members may be destroyed in any order.
        void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
    };
    std::unique_ptr<sqlite3, Close> m_handle;
};

/// Rolls back unless it was committed.
class Transaction {
public:
    /// Takes the write lock at once, so that it cannot fail half-way for want of it.
    static Result<Transaction> begin(Connection& connection, std::string_view attempt);
    ~Transaction();
    Transaction(Transaction&& other) noexcept
        : m_connection(std::exchange(other.m_connection, nullptr))
    {
    }
    Transaction& operator=(Transaction&&) = delete;

    Result<void> commit(std::string_view attempt);

private:
    explicit Transaction(Connection& connection)
        : m_connection(&connection)
    {
    }
    Connection* m_connection; // null once done
};

} // namespace timbre::store
