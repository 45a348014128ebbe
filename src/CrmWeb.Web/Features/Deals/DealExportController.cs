using System.Globalization;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Csv;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Deals;

/// <summary>What the list shows, as CSV, all pages of it.</summary>
public sealed class DealExportController(IStringLocalizer L) : TenantController
{
    private static readonly string[] Columns =
        ["id", "name", "customer", "pipeline", "stage", "state", "amount", "currency", "baseAmount", "probability", "category", "closeOn", "owner", "team", "createdAt", "closedAt"];

    [HttpGet("deals.csv")]
    [Authorize(Permissions.ExportCustomers)]
    [Authorize(Permissions.ReadSales)]
    public async Task Export(string? sort, CancellationToken stop)
    {
        var stages = await DealStages.Read(Db, stop);
        var filter = DealFilter.Read(Request.Query, DealFilter.Fields(L, stages, await Db.EveryMember(stop), await Db.TeamChoices(stop), ""));
        var rows = DealPages.Rows(new DealPages(sort).Order(filter.Of(Db, Me, stages), back: false));
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = FormattableString.Invariant($"attachment; filename=deals-{Me.Today:yyyy-MM-dd}.csv");

        // the writer is synchronous over its own buffer; what it fills is sent on in pieces
        using var buffer = new MemoryStream();
        await using var csv = new CsvWriting(buffer, Columns);
        await foreach (var d in rows.AsAsyncEnumerable().WithCancellation(stop))
        {
            var stage = stages.Of(d.StageId);
            csv.Row([d.Id.ToString(CultureInfo.InvariantCulture), d.Name, d.CustomerName, stages.PipelineName(stage.PipelineId), stage.Name, ChangeText.Word(d.State),
                Major(d.Amount, d.Currency), d.Currency, Major(d.BaseAmount, Me.Pass.Currency), stage.Probability.ToString(CultureInfo.InvariantCulture), ChangeText.Word(d.Category ?? stage.Category),
                d.CloseOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), d.OwnerName, d.TeamName, Instant(d.CreatedAt), d.ClosedAt is { } at ? Instant(at) : null]);
            if (buffer.Length > 0) await Send(buffer, stop);
        }

        await csv.FlushAsync();
        await Send(buffer, stop);
    }

    private static string? Major(long? minor, string currency) => minor is { } amount ? DealForm.Major(amount, currency) : null;

    private static string Instant(DateTime at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private async Task Send(MemoryStream buffer, CancellationToken stop)
    {
        await Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), stop);
        buffer.SetLength(0);
    }
}
