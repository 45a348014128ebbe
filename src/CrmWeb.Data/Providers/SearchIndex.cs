using System.Runtime.CompilerServices;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Providers;

/// <summary>
/// The index of what customers are found by. FTS5 with trigrams on SQLite, pg_trgm beside the tenant in one GIN index on PostgreSQL; SQL Server reads the
/// texts of one tenant, which lie side by side and are short. Answers are ids: who of them may be seen is asked of the customers.
/// </summary>
public static partial class SearchIndex
{
    internal const string Table = "CustomerSearch";

    // SQLite's index knows a number only: the tenant stands in its upper bits, so that one tenant is a range of it and is read alone
    private const int CustomerBits = 40;
    private const long CustomerMask = (1L << CustomerBits) - 1;

    /// <summary>Every customer of the tenant with the pattern, to be asked more of: the index is read first, and of the customers only whom it names.</summary>
    /// <param name="most">Only the first that the engine comes upon: on SQLite the youngest.</param>
    public static IQueryable<Customer> Found(this CrmDb db, SearchPattern pattern, int? most = null)
    {
        var (sql, values) = Hits(db, pattern, inMore: false, most);
        values.Add(db.TenantId);
        // a cross join keeps SQLite to this order: without statistics it holds the customers of a tenant for a handful, and would read them all
        var join = db is SqliteCrmDb ? "CROSS JOIN" : "JOIN";
        var on = db is SqliteCrmDb ? "WHERE" : "ON";
        return db.Customers.FromSql(Question($"SELECT c.* FROM ({sql}) AS h {join} \"Customers\" AS c {on} c.\"Id\" = h.\"Value\" AND c.\"TenantId\" = {{{values.Count - 1}}}", values));
    }

    /// <summary>Their ids, as a condition of a larger question: for patterns that many have, where a list goes on in its own order.</summary>
    /// <param name="inMore">In the plain fields instead.</param>
    public static IQueryable<long> Indexed(this CrmDb db, SearchPattern pattern, bool inMore = false)
    {
        var (sql, values) = Hits(db, pattern, inMore, null);
        return db.Database.SqlQuery<long>(Question(sql, values));
    }

    /// <summary>Whether more than so many have the pattern, archived ones among them.</summary>
    public static async Task<bool> AreMore(this CrmDb db, SearchPattern pattern, int than, CancellationToken stop)
    {
        var (sql, values) = Hits(db, pattern, inMore: false, than + 1);
        return await db.Database.SqlQuery<long>(Question(sql, values)).CountAsync(stop) > than;
    }

    private static (string Sql, List<object> Values) Hits(CrmDb db, SearchPattern pattern, bool inMore, int? most)
    {
        var column = inMore ? nameof(CustomerSearch.More) : nameof(CustomerSearch.Text);
        if (db is SqliteCrmDb)
        {
            var first = db.TenantId << CustomerBits;
            var youngest = most is { } n ? $" ORDER BY rowid DESC LIMIT {n}" : "";
            return ($"SELECT rowid & {CustomerMask} AS \"Value\" FROM \"{Fts}\" WHERE \"{Fts}\" MATCH {{0}} AND rowid BETWEEN {{1}} AND {{2}}{youngest}",
                [$"{column} : ({Match(pattern)})", first, first + CustomerMask]);
        }

        var values = new List<object> { db.TenantId };
        var having = $"\"TenantId\" = {{0}} AND {Like(pattern, column, values)}";
        var sql = db is PostgreSqlCrmDb
            // materialized: asked as part of a list it would be asked again for each row in the order of the list
            ? $"SELECT \"Value\" FROM (WITH hits AS MATERIALIZED (SELECT \"CustomerId\" AS \"Value\" FROM \"{Table}\" WHERE {having}{(most is { } m ? $" LIMIT {m}" : "")}) SELECT \"Value\" FROM hits) AS w"
            : $"SELECT {(most is { } t ? $"TOP ({t}) " : "")}\"CustomerId\" AS \"Value\" FROM \"{Table}\" WHERE {having}";
        return (sql, values);
    }

    // the text is made of constants and the shape of the pattern; what was typed is always a parameter
    private static FormattableString Question(string sql, List<object> values) => FormattableStringFactory.Create(sql, [.. values]);

    private static string Match(SearchPattern pattern) => pattern switch
    {
        SearchPattern.Has has => '"' + has.Piece.Replace("\"", "\"\"", StringComparison.Ordinal) + '"',
        SearchPattern.All all => "(" + string.Join(" AND ", all.Parts.Select(Match)) + ")",
        SearchPattern.Any any => "(" + string.Join(" OR ", any.Parts.Select(Match)) + ")",
        _ => throw new NotSupportedException(pattern.GetType().Name),
    };

    private static string Like(SearchPattern pattern, string column, List<object> values)
    {
        switch (pattern)
        {
            case SearchPattern.Has has:
                values.Add($"%{Escaped(has.Piece)}%");
                return $"\"{column}\" LIKE {{{values.Count - 1}}} ESCAPE '\\'";
            case SearchPattern.All all:
                return "(" + string.Join(" AND ", all.Parts.Select(part => Like(part, column, values))) + ")";
            case SearchPattern.Any any:
                return "(" + string.Join(" OR ", any.Parts.Select(part => Like(part, column, values))) + ")";
            default:
                throw new NotSupportedException(pattern.GetType().Name);
        }
    }

    // the bracket means something to SQL Server; escaped it is itself on every engine
    private static string Escaped(string piece) => string.Concat(piece.Select(c => c is '%' or '_' or '\\' or '[' ? $"\\{c}" : c.ToString()));
}
