using System.ComponentModel.DataAnnotations;
using CrmWeb.Data.Kpis;
using CrmWeb.Domain.Kpis;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers.Lifetime;

[Route("api/v1/clv/model")]
[Tags("Customer lifetime value")]
public sealed class ClvApiController : ApiController
{
    // a fit takes both cores: a second one waits its turn elsewhere
    private static readonly SemaphoreSlim Turn = new(1);

    [HttpGet("")]
    [Authorize(Permissions.ReadSales)]
    [Display(Name = "Read the model of purchases and spending", Description = "BG/NBD (r, alpha, a, b) and Gamma-Gamma (p, q, v) of the last fit. Where too few bought again the parameters are null. It is of all customers: 404 for who sees some of them.")]
    [ProducesResponseType<ClvModelJson>(200)]
    public async Task<IActionResult> Show(CancellationToken stop) =>
        Me.SeesAll && await Db.ClvModels.AsNoTracking().OrderByDescending(m => m.Id).FirstOrDefaultAsync(stop) is { } model ? Ok(ClvModelJson.Of(model)) : NotFound();

    [HttpPost("")]
    [Repeatable]
    [Authorize(Permissions.ManageKpis)]
    [Display(Name = "Fit the model", Description = "Of all orders up to calibrationEnd (yesterday, when it is not said), with time in days or weeks. Customers get what follows from it soon afterwards; the fit of the next night replaces it. One at a time: 429 while another is under way.")]
    [ProducesResponseType<ClvModelJson>(200)]
    public async Task<IActionResult> Fit(ClvForm form, CancellationToken stop)
    {
        // what it answers is of all customers
        if (!Me.SeesAll) return NotFound();
        await Validate(form, stop);
        form.CheckDay(ModelState, Me, L);
        if (!ModelState.IsValid) return Invalid();
        if (!await Turn.WaitAsync(0, stop))
        {
            Response.Headers.RetryAfter = "5";
            return StatusCode(StatusCodes.Status429TooManyRequests);
        }

        try
        {
            var (model, _) = await Db.FitClv(form.Ask.End, form.Ask.Unit, stop);
            await using var transaction = await Db.Database.BeginTransactionAsync(stop);
            Db.ClvModels.Add(model);
            await Db.SaveChangesAsync(stop);
            ClvJob.Ask(Db, form.Ask with { ModelId = model.Id }, Me.Id, Me.Now);
            await Db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
            // as it is kept: no finer than the database keeps instants
            return Ok(ClvModelJson.Of(await Db.ClvModels.AsNoTracking().SingleAsync(m => m.Id == model.Id, stop)));
        }
        finally
        {
            Turn.Release();
        }
    }
}

/// <param name="CalibrationEnd">The last day whose orders were looked at.</param>
/// <param name="RepeatBuyers">Customers who bought on more than one day.</param>
/// <param name="SpendMean">What a purchase of anybody comes to, in the tenant's currency.</param>
/// <param name="Margin">The part of it that stays; null where no cost is known, and then predicted values are of what is sold.</param>
[Example("""{"r":0.243,"alpha":4.414,"a":0.793,"b":2.426,"logLikelihood":-9582.4,"p":6.25,"q":3.74,"v":15.44,"spendMean":35.17,"margin":0.41,"customers":2357,"repeatBuyers":946,"calibrationEnd":"2026-11-21","unit":"week","horizonMonths":12,"discount":0.1,"fittedAt":"2026-11-22T02:10:00Z"}""")]
public sealed record ClvModelJson(
    double? R, double? Alpha, double? A, double? B, double? LogLikelihood, double? P, double? Q, double? V, double? SpendMean, double? Margin,
    int Customers, int RepeatBuyers, DateOnly CalibrationEnd, PurchaseUnit Unit, int HorizonMonths, double Discount, DateTime FittedAt)
{
    public static ClvModelJson Of(ClvModel m) => new(
        m.R, m.Alpha, m.A, m.B, m.LogLikelihood, m.P, m.Q, m.V, m.Spends?.Mean, m.Margin, m.Customers, m.RepeatBuyers, m.CalibrationEnd, m.Unit, ClvModel.HorizonMonths, ClvModel.Discount, m.At);
}
