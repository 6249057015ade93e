#include "engine/store/sqlite.h"

#include <fmt/format.h>

#include <cstring>

namespace timbre::store {

namespace {

struct Explanation {
    ErrorCode code;
    const char* reason;
};

Explanation explain(int extendedCode)
{
    switch (extendedCode & 0xff) {
    case SQLITE_FULL:
        return {ErrorCode::Unwritable, "the disk is full. Free some space, or choose a workspace on another disk"};
    case SQLITE_READONLY:
        return {ErrorCode::Unwritable, "the workspace or its folder is read-only"};
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {ErrorCode::NoPermission, "permission was refused"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::Busy, "another program holds the workspace locked. Close it there and try again"};
    case SQLITE_CORRUPT:
        return {ErrorCode::Damaged,
                "the workspace file is damaged. Open another workspace; captures can be analysed again"};
    case SQLITE_NOTADB:
        return {ErrorCode::UnknownFormat, "the file is not a Timbre workspace"};
    case SQLITE_CANTOPEN:
        return {ErrorCode::Unreadable, "the workspace file, or a file beside it, cannot be opened"};
    case SQLITE_IOERR:
        if (extendedCode == SQLITE_IOERR_READ || extendedCode == SQLITE_IOERR_SHORT_READ)
            return {ErrorCode::Unreadable, "the disk reported an error while reading"};
        return {ErrorCode::Unwritable, "the disk reported an error while writing"};
    case SQLITE_TOOBIG:
    case SQLITE_NOMEM:
        return {ErrorCode::Unwritable, "there is not enough memory"};
    case SQLITE_INTERRUPT:
        return {ErrorCode::Cancelled, "it was cancelled"};
    default:
        return {ErrorCode::Invalid, "the workspace refused it"};
    }
}

} // namespace

Error sqliteError(sqlite3* connection, int code, std::string_view attempt)
{
    const int extended = connection ? sqlite3_extended_errcode(connection) : code;
    const auto [errorCode, reason] = explain(extended);
    std::string detail =
        fmt::format("SQLite {}: {}", extended, connection ? sqlite3_errmsg(connection) : sqlite3_errstr(code));
    if (const int system = connection ? sqlite3_system_errno(connection) : 0; system != 0)
        detail += fmt::format(" ({})", std::strerror(system));
    if (const char* file = connection ? sqlite3_db_filename(connection, "main") : nullptr; file && *file)
        detail += fmt::format("; {}", file);
    return {errorCode, fmt::format("Cannot {}: {}.", attempt, reason), std::move(detail)};
}

void Statement::bind(int parameter, std::string_view text)
{
    // A null pointer would bind NULL instead of the empty text.
    sqlite3_bind_text64(m_handle.get(), parameter, text.data() ? text.data() : "", text.size(), SQLITE_STATIC,
                        SQLITE_UTF8);
}

void Statement::bindBlob(int parameter, Bytes bytes)
{
    if (bytes.empty())
        sqlite3_bind_zeroblob(m_handle.get(), parameter, 0);
    else
        sqlite3_bind_blob64(m_handle.get(), parameter, bytes.data(), bytes.size(), SQLITE_STATIC);
}

Result<bool> Statement::step(std::string_view attempt)
{
    const int code = sqlite3_step(m_handle.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    Error error = sqliteError(sqlite3_db_handle(m_handle.get()), code, attempt);
    sqlite3_reset(m_handle.get());
    return error;
}

Result<void> Statement::run(std::string_view attempt)
{
    const int code = sqlite3_step(m_handle.get());
    if (code == SQLITE_DONE || code == SQLITE_ROW) {
        sqlite3_reset(m_handle.get());
        return {};
    }
    Error error = sqliteError(sqlite3_db_handle(m_handle.get()), code, attempt);
    sqlite3_reset(m_handle.get());
    return error;
}

std::string_view Statement::text(int column) const
{
    const unsigned char* data = sqlite3_column_text(m_handle.get(), column);
    if (!data)
        return {};
    return {reinterpret_cast<const char*>(data),
            static_cast<std::size_t>(sqlite3_column_bytes(m_handle.get(), column))};
}

Bytes Statement::blob(int column) const
{
    const void* data = sqlite3_column_blob(m_handle.get(), column);
    if (!data)
        return {};
    return {static_cast<const std::byte*>(data),
            static_cast<std::size_t>(sqlite3_column_bytes(m_handle.get(), column))};
}

namespace {

/// As SQLite reads names beginning with "file:": everything but the plainest characters as %XX.
std::string immutableUri(const std::filesystem::path& path)
{
    std::string uri = "file:";
    for (const char c : path.native()) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '.';
        if (plain)
            uri += c;
        else
            uri += fmt::format("%{:02x}", byte);
    }
    return uri + "?immutable=1";
}

} // namespace

Result<Connection> Connection::open(const std::filesystem::path& path, OpenMode mode, int busyTimeoutMs,
                                    const std::string& vfs)
{
    constexpr std::string_view kAttempt = "open the workspace";
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    std::string name = path.native();
    switch (mode) {
    case OpenMode::ReadOnly:
        flags |= SQLITE_OPEN_READONLY;
        break;
    case OpenMode::ReadWrite:
        flags |= SQLITE_OPEN_READWRITE;
        break;
    case OpenMode::Immutable:
        flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
        name = immutableUri(path);
        break;
    case OpenMode::Memory:
        flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
        name = ":memory:";
        break;
    }
    // Counting every allocation under one lock costs all threads, and nobody reads the count. Refused, to no harm, when
    // SQLite is in use already.
    [[maybe_unused]] static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &handle, flags, vfs.empty() ? nullptr : vfs.c_str());
    Connection connection;
    connection.m_handle.reset(handle);
    if (code != SQLITE_OK)
        return sqliteError(handle, code, kAttempt);
    sqlite3_busy_timeout(handle, busyTimeoutMs);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    if (auto done = connection.execute("PRAGMA cell_size_check = ON", kAttempt); !done)
        return done.error();
    return connection;
}

Result<Statement> Connection::prepare(std::string_view sql, std::string_view attempt)
{
    sqlite3_stmt* handle = nullptr;
    const int code = sqlite3_prepare_v3(m_handle.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    if (code != SQLITE_OK)
        return sqliteError(m_handle.get(), code, attempt);
    Statement statement;
    statement.m_handle.reset(handle);
    return statement;
}

Result<void> Connection::execute(const char* sql, std::string_view attempt)
{
    const int code = sqlite3_exec(m_handle.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return sqliteError(m_handle.get(), code, attempt);
    return {};
}

Result<std::int64_t> Connection::queryInteger(std::string_view sql, std::string_view attempt)
{
    auto statement = prepare(sql, attempt);
    if (!statement)
        return statement.error();
    auto row = statement->step(attempt);
    if (!row)
        return row.error();
    return *row ? statement->integer(0) : 0;
}

Result<Transaction> Transaction::begin(Connection& connection, std::string_view attempt)
{
    if (auto begun = connection.execute("BEGIN IMMEDIATE", attempt); !begun)
        return begun.error();
    return Transaction(connection);
}

Transaction::~Transaction()
{
    // SQLite itself rolls back after some failures (disk full); a second ROLLBACK would only be an error.
    if (m_connection && m_connection->inTransaction())
        (void)m_connection->execute("ROLLBACK", "undo a failed write");
}

Result<void> Transaction::commit(std::string_view attempt)
{
    auto done = m_connection->execute("COMMIT", attempt);
    if (done)
        m_connection = nullptr;
    return done;
}

} // namespace timbre::store
