using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Security;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddControllersWithViews().AddKit();

var app = builder.Build();
app.UseSecurityHeaders();
app.UseCrmLocalisation();
app.UseErrorPages();
app.UseRouting();
app.MapStaticAssets();
app.MapControllers().WithStaticAssets();
await app.RunAsync();
