using CrmWeb.Web.Platform.Jobs;

namespace CrmWeb.Web.Features.Members;

public static class MembersSetup
{
    public static IServiceCollection AddMembers(this IServiceCollection services) => services.AddScoped<InvitationLetters>().AddScoped<IJobHandler, TeamWorkJob>();
}
