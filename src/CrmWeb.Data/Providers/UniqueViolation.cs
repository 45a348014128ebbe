using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CrmWeb.Data.Providers;

/// <summary>
/// The database refused a row because another one has its key already. What was looked up before saving can be out of date by then: only this
/// answer counts when two people write the same thing at once.
/// </summary>
public static class UniqueViolation
{
    private const int SqlitePrimaryKey = 1555;
    private const int SqliteUnique = 2067;
    private const int SqlServerIndex = 2601;
    private const int SqlServerConstraint = 2627;

    public static bool Is(Exception exception) => exception switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqlitePrimaryKey or SqliteUnique,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        SqlException server => server.Errors.Cast<SqlError>().Any(error => error.Number is SqlServerIndex or SqlServerConstraint),
        DbUpdateException { InnerException: { } inner } => Is(inner),
        _ => false,
    };
}
