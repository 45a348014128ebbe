using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Cli;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Segments;

/// <summary>What an operator does with segments from a shell.</summary>
public static class SegmentCommands
{
    public static readonly Verb Refresh = new("segments refresh", "--tenant SLUG [--segment NAME]", async (services, options, stop) =>
    {
        var (slug, name) = (options.Need("tenant"), options.Find("segment"));
        options.NothingElse();
        var db = services.GetRequiredService<CrmDb>();
        var tenant = await db.Tenants.Where(t => t.Slug == slug).Select(t => t.Id).SingleOrDefaultAsync(stop);
        if (tenant == 0) throw new RefusedException($"There is no tenant '{slug}'.");
        db.Current.Enter(tenant, Actor.System);
        db.Current.Through(Via.Command);

        var normal = SearchText.Fold(name);
        long? only = name is null ? null : await db.Segments.Where(s => s.NameNormal == normal).Select(s => (long?)s.Id).SingleOrDefaultAsync(stop)
            ?? throw new RefusedException($"There is no segment '{name}'.");
        var (done, failed) = await db.RefreshSegments(RefreshOf.All, (_, _) => Task.CompletedTask, stop, only);
        if (only is null) await db.CountLists(stop);
        foreach (var (id, why) in failed) await Console.Error.WriteLineAsync($"Segment {id} stays as it was: {why.Message}");
        Console.WriteLine($"{done - failed.Count} segments are refreshed.");
        return failed.Count == 0 ? 0 : 1;
    });
}
