using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Data.Kpis;
using CrmWeb.Domain.Kpis;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Cli;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers.Lifetime;

public static class ClvCommands
{
    public static readonly Verb Fit = new("clv fit", "--tenant SLUG [--calibration-end yyyy-MM-dd] [--unit day|week]", async (services, options, stop) =>
    {
        var slug = options.Need("tenant");
        var typed = options.Find("calibration-end");
        var end = typed is null ? (DateOnly?)null
            : DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new UsageException($"'{typed}' is no day like 2026-11-21.");
        var unit = options.Find("unit") switch
        {
            null or "week" => PurchaseUnit.Week,
            "day" => PurchaseUnit.Day,
            var other => throw new UsageException($"Time is counted in days or weeks, not in '{other}'."),
        };
        options.NothingElse();
        var db = services.GetRequiredService<CrmDb>();
        var tenant = await db.Tenants.Where(t => t.Slug == slug).Select(t => new { t.Id, t.TimeZone }).SingleOrDefaultAsync(stop) ?? throw new RefusedException($"There is no tenant '{slug}'.");
        db.Current.Enter(tenant.Id, Actor.System);
        db.Current.Through(Via.Command);
        if (end > DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, WallClock.ZoneOf(tenant.TimeZone)))) throw new RefusedException($"{typed} has not come yet.");

        var model = await db.KeepClv(end, unit, _ => Task.CompletedTask, stop);
        if (model.Purchases is { } found)
        {
            Console.WriteLine(Said(model, found));
            return 0;
        }

        throw new RefusedException(string.Create(CultureInfo.InvariantCulture, $"No model: {model.Customers} customers, {model.RepeatBuyers} of them bought again, up to {model.CalibrationEnd:yyyy-MM-dd}."));
    });

    private static string Said(ClvModel m, PurchaseModel bought) => string.Create(
        CultureInfo.InvariantCulture,
        $"r {bought.R:0.000}, alpha {bought.Alpha:0.000}, a {bought.A:0.000}, b {bought.B:0.000}, log-likelihood {m.LogLikelihood:0.0}, p {m.P:0.00}, q {m.Q:0.00}, v {m.V:0.00}; {m.Customers} customers, {m.RepeatBuyers} of them bought again, up to {m.CalibrationEnd:yyyy-MM-dd}.");
}
