using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Providers;

/// <summary>A statement whose values stand in it as <c>{0}</c>, <c>{1}</c> …</summary>
internal sealed record Statement(string Sql, IReadOnlyList<object> Values)
{
    public Task<int> Run(CrmDb db, CancellationToken stop) => db.Database.ExecuteSqlRawAsync(Sql, Values, stop);
}

/// <summary>Statements that follow each other in one command: one question to the database for all of them. Each sees what the one before wrote.</summary>
internal sealed partial class Statements
{
    // SQL Server takes 2,100
    private const int MaxValues = 2_000;

    private readonly List<Statement> full = [];
    private StringBuilder sql = new();
    private List<object> values = [];

    public void Add(Statement? next)
    {
        if (next is null) return;
        if (values.Count + next.Values.Count > MaxValues) Close();
        if (sql.Length > 0) sql.Append(";\n");
        var before = values.Count;
        sql.Append(before == 0 ? next.Sql : Place().Replace(next.Sql, place => $"{{{(int.Parse(place.ValueSpan[1..^1], CultureInfo.InvariantCulture) + before).ToString(CultureInfo.InvariantCulture)}}}"));
        values.AddRange(next.Values);
    }

    public async Task Run(CrmDb db, CancellationToken stop)
    {
        Close();
        foreach (var command in full) await command.Run(db, stop);
    }

    private void Close()
    {
        if (sql.Length > 0) full.Add(new(sql.ToString(), values));
        (sql, values) = (new(), []);
    }

    [GeneratedRegex(@"\{\d+\}", RegexOptions.None, 1000)]
    private static partial Regex Place();
}
