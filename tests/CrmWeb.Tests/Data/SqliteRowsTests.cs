using System.Globalization;
using CrmWeb.Tests.Support;
using CrmWeb.Tests.Support.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace CrmWeb.Tests.Data;

/// <summary>What EF reads on SQLite comes past the driver: it must be what the driver reads.</summary>
public sealed class SqliteRowsTests
{
    private static readonly string[] Texts = ["علی رضا", "", "a\0b", "𝕱", "  x ", new string('ß', 3000)];

    private static readonly string[] Instants =
    [
        "2026-11-22 09:30:00", "2026-11-22 09:30:00.5", "2026-11-22 23:59:59.9999999", "0001-01-01 00:00:00", "9999-12-31 23:59:59.9999999", "2024-02-29 00:00:00.0000001",
        // other forms than the driver writes
        "2026-11-22", "2026-11-22T09:30:00", "2026-11-22 09:30", "2026-11-22 09:30:00.123",
    ];

    [Fact]
    public async Task Values_OfEveryForm_AreThoseOfTheDriver()
    {
        if (TestDatabase.Provider != TestProvider.Sqlite) return;
        var acme = await Make.Tenant();
        await acme.Use(async db =>
        {
            var cells = Texts.Concat(Instants).Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"{{{i}}}"));
            var command = db.GetService<IRawSqlCommandBuilder>().Build($"SELECT {string.Join(", ", cells)}, NULL, 9223372036854775807, -1, x''; SELECT 2", [.. Texts, .. Instants], db.Model);
            await using var answer = await command.RelationalCommand.ExecuteReaderAsync(new(db.GetService<IRelationalConnection>(), command.ParameterValues, null, db, null));
            var (rows, last) = (answer.DbDataReader, Texts.Length + Instants.Length);
            Assert.True(await rows.ReadAsync());
            Assert.Equal(Texts.Concat(Instants), Enumerable.Range(0, last).Select(rows.GetString));
            Assert.Equal(Instants.Select(text => DateTime.Parse(text, CultureInfo.InvariantCulture)), Enumerable.Range(Texts.Length, Instants.Length).Select(rows.GetDateTime));
            Assert.True(rows.IsDBNull(last));
            Assert.False(rows.IsDBNull(0));
            Assert.Throws<InvalidOperationException>(() => rows.GetString(last));
            Assert.Throws<InvalidOperationException>(() => rows.GetInt64(last));
            Assert.Equal((long.MaxValue, -1), (rows.GetInt64(last + 1), rows.GetInt32(last + 2)));
            Assert.Throws<OverflowException>(() => rows.GetInt32(last + 1));
            Assert.Equal("", rows.GetString(last + 3));
            Assert.True(await rows.NextResultAsync());
            Assert.True(await rows.ReadAsync());
            Assert.Equal(2, rows.GetInt32(0));
            return 0;
        });
    }
}
