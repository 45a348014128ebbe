using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Features.Cohorts;

/// <summary>The customers who bought first in one month.</summary>
/// <param name="Month">As in 2026-11.</param>
/// <param name="Bought">How many of them bought in the next month, the one after it, and so on; null for months that did not begin.</param>
public sealed record CohortJson(string Month, int Customers, IReadOnlyList<int?> Bought);

[Example("""{"items":[{"month":"2026-09","customers":12,"bought":[5,4,null]}]}""")]
public sealed record CohortsJson(IReadOnlyList<CohortJson> Items);

[Route("api/v1/reports/cohorts")]
[Tags("Orders")]
public sealed class CohortsApiController : ApiController
{
    private static readonly string[] Parameters = ["from", "months", "lang"];

    [HttpGet("")]
    [Authorize(Permissions.ReadSales)]
    [Display(Name = "Read who buys again", Description = "As the page of cohorts says it: customers by the month of their first order, and how many of them bought in the months after. from is the first month, as in 2026-01; months is 6, 12 or 24; segment leaves those who are in it.")]
    [ProducesResponseType<CohortsJson>(200)]
    public async Task<IActionResult> Show([FromQuery(Name = "from")] string? from, [FromQuery(Name = "months")] int? months, CancellationToken stop)
    {
        FilterField[] fields = [CustomerCut.Segment(L, "")];
        foreach (var key in Filters.Refused(Request.Query, fields, Parameters)) ModelState.AddModelError(key, L["There is no such parameter, or not with this value."]);
        if (!string.IsNullOrEmpty(from) && !DateOnly.TryParseExact(from, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) ModelState.AddModelError("from", L["There is no such parameter, or not with this value."]);
        if (months is { } asked && !CohortPage.Lengths.Contains(asked)) ModelState.AddModelError("months", L["There are: {0}.", string.Join(", ", CohortPage.Lengths)]);
        if (!ModelState.IsValid) return Invalid();
        var page = await CohortPage.Read(Db, Me, from, months, Filters.Read(Request.Query, fields), stop);
        if (!string.IsNullOrEmpty(from) && page.First != DateOnly.ParseExact(from, "yyyy-MM", CultureInfo.InvariantCulture))
        {
            ModelState.AddModelError("from", L["Nobody bought yet in this month, or it has not come. The first one is {0}.", page.Choices[^1].ToString("yyyy-MM", CultureInfo.InvariantCulture)]);
            return Invalid();
        }

        var after = Enumerable.Range(1, page.Count).ToList();
        return Ok(new CohortsJson([.. page.Begun.Select(cohort => new CohortJson(cohort.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), cohort.Customers, after.ConvertAll(month => page.Bought(cohort, month))))]));
    }
}
