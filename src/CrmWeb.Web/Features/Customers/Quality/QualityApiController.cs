using System.ComponentModel.DataAnnotations;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Features.Customers.Quality;

[Route("api/v1/quality")]
[Tags("Data quality")]
public sealed class QualityApiController(MemberFields fields) : ApiController
{
    [HttpGet("")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "Read what the data is like", Description = "By the last count. owner, team, origin, stage and kind cut it as they filter the list of customers; by=owner, team, origin, stage or kind groups the records.")]
    [ProducesResponseType<QualityJson>(200)]
    public async Task<IActionResult> Show([FromQuery(Name = "by")] string? by, CancellationToken stop)
    {
        var cut = QualityCut.Read(Request.Query, out var ignored);
        ApiPage.RefuseOthers(Request.Query, [.. QualityCut.Parameters, "by"], ModelState, L);
        foreach (var wrong in ignored) ModelState.AddModelError(wrong, L["There is no such parameter, or not with this value."]);
        if (!string.IsNullOrEmpty(by) && !QualityPage.Bys.Contains(by, StringComparer.Ordinal)) ModelState.AddModelError("by", L["There are: {0}.", string.Join(", ", QualityPage.Bys)]);
        if (!ModelState.IsValid) return Invalid();
        return Ok(QualityJson.Of(await QualityPage.Read(Db, Me, await fields.Seen(stop), cut, by, stop)));
    }
}
