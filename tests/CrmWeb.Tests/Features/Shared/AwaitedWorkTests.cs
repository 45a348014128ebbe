using CrmWeb.Tests.Support;

namespace CrmWeb.Tests.Features.Shared;

/// <summary>
/// A page that waits for a job asks for the job first, and then for what it writes: otherwise a job that ends between the two leaves a page that shows what was
/// before and waits for nothing.
/// </summary>
public sealed class AwaitedWorkTests
{
    [Fact]
    public async Task Page_AsksForTheJob_BeforeWhatItWrites()
    {
        var (host, sql) = await SqlCount.Host();
        await using (host)
        {
            var tenant = await Make.Tenant(host);
            var segment = await Make.Segment(tenant, "country = \"DE\"");
            var admin = await tenant.Admin.Browser();
            foreach (var (page, table) in new[] { ($"/segments/{segment}", "Memberships"), ("/duplicates", "DuplicatePairs"), ("/quality", "QualityDays"), ("/reports/lifetime-value", "ClvModels") })
            {
                await sql.Of(() => admin.Get(page));
                var (job, rows) = (First("Jobs"), First(table));
                Assert.True(job >= 0 && rows > job, $"{page} asks for its job in command {job}, for {table} in command {rows}");
            }
        }

        int First(string table) => sql.Commands.ToList().FindIndex(command => command.Contains($"FROM \"{table}\"", StringComparison.Ordinal));
    }
}
