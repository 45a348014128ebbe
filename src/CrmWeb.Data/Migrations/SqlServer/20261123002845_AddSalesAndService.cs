using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmWeb.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class AddSalesAndService : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "DreamSector",
                table: "Tenants",
                type: "nvarchar(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "CaseId",
                table: "Notifications",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ContactCost",
                table: "Interactions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ImportId",
                table: "Interactions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "MemberRoles",
                table: "Interactions",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "ServiceCost",
                table: "Interactions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AverageOrder",
                table: "Customers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ContactCost",
                table: "Customers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "DaysBetweenOrders",
                table: "Customers",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "FirstOrderAt",
                table: "Customers",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "InteractionsIn90Days",
                table: "Customers",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "LastInboundAt",
                table: "Customers",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "LastOrderAt",
                table: "Customers",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "LastOutboundAt",
                table: "Customers",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Margin",
                table: "Customers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "OpenCases",
                table: "Customers",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "OpenDeals",
                table: "Customers",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "OpenDealsValue",
                table: "Customers",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "OrderCount",
                table: "Customers",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "Profit",
                table: "Customers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RfmFrequency",
                table: "Customers",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RfmMonetary",
                table: "Customers",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RfmRecency",
                table: "Customers",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ServiceCost",
                table: "Customers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ServiceMinutes",
                table: "Customers",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "ServiceTierId",
                table: "Customers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TotalSpent",
                table: "Customers",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "CostRates",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    Which = table.Column<int>(type: "int", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    BeginsAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CostRates", x => x.Id);
                    table.UniqueConstraint("AK_CostRates_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_CostRates_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "ExchangeRates",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    Rate = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExchangeRates", x => x.Id);
                    table.UniqueConstraint("AK_ExchangeRates_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_ExchangeRates_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "Holidays",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Holidays", x => x.Id);
                    table.UniqueConstraint("AK_Holidays_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_Holidays_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "OpeningTimes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Day = table.Column<int>(type: "int", nullable: false),
                    Opens = table.Column<int>(type: "int", nullable: false),
                    Closes = table.Column<int>(type: "int", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OpeningTimes", x => x.Id);
                    table.UniqueConstraint("AK_OpeningTimes_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_OpeningTimes_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "Pipelines",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Name = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    DeletedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Pipelines", x => x.Id);
                    table.UniqueConstraint("AK_Pipelines_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_Pipelines_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "Products",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Code = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    CodeNormal = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    NameNormal = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Category = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: true),
                    CategoryNormal = table.Column<string>(type: "nvarchar(160)", maxLength: 160, nullable: true, collation: "Latin1_General_100_BIN2"),
                    UnitPrice = table.Column<long>(type: "bigint", nullable: true),
                    UnitCost = table.Column<long>(type: "bigint", nullable: true),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false),
                    Description = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: true),
                    IsActive = table.Column<bool>(type: "bit", nullable: false),
                    ImportId = table.Column<long>(type: "bigint", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    DeletedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Products", x => x.Id);
                    table.UniqueConstraint("AK_Products_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_Products_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "Reasons",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    For = table.Column<int>(type: "int", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    DeletedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Reasons", x => x.Id);
                    table.UniqueConstraint("AK_Reasons_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_Reasons_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "ServiceTiers",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    DeletedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ServiceTiers", x => x.Id);
                    table.UniqueConstraint("AK_ServiceTiers_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_ServiceTiers_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "ForecastSnapshots",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    TakenOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Month = table.Column<DateOnly>(type: "date", nullable: false),
                    PipelineId = table.Column<long>(type: "bigint", nullable: false),
                    OwnerId = table.Column<long>(type: "bigint", nullable: true),
                    TeamId = table.Column<long>(type: "bigint", nullable: true),
                    CustomerOwnerId = table.Column<long>(type: "bigint", nullable: true),
                    CustomerTeamId = table.Column<long>(type: "bigint", nullable: true),
                    Weighted = table.Column<long>(type: "bigint", nullable: false),
                    Open = table.Column<long>(type: "bigint", nullable: false),
                    BestCase = table.Column<long>(type: "bigint", nullable: false),
                    Commit = table.Column<long>(type: "bigint", nullable: false),
                    Won = table.Column<long>(type: "bigint", nullable: false),
                    Deals = table.Column<int>(type: "int", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ForecastSnapshots", x => x.Id);
                    table.UniqueConstraint("AK_ForecastSnapshots_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_ForecastSnapshots_Members_TenantId_CustomerOwnerId",
                        columns: x => new { x.TenantId, x.CustomerOwnerId },
                        principalTable: "Members",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_ForecastSnapshots_Members_TenantId_OwnerId",
                        columns: x => new { x.TenantId, x.OwnerId },
                        principalTable: "Members",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_ForecastSnapshots_Pipelines_TenantId_PipelineId",
                        columns: x => new { x.TenantId, x.PipelineId },
                        principalTable: "Pipelines",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_ForecastSnapshots_Teams_TenantId_CustomerTeamId",
                        columns: x => new { x.TenantId, x.CustomerTeamId },
                        principalTable: "Teams",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_ForecastSnapshots_Teams_TenantId_TeamId",
                        columns: x => new { x.TenantId, x.TeamId },
                        principalTable: "Teams",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_ForecastSnapshots_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "Stages",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    PipelineId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    Probability = table.Column<int>(type: "int", nullable: false),
                    Category = table.Column<int>(type: "int", nullable: false),
                    Needs = table.Column<int>(type: "int", nullable: false),
                    ExitCriteria = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    Playbook = table.Column<string>(type: "nvarchar(max)", maxLength: 8000, nullable: true),
                    RottenAfterDays = table.Column<int>(type: "int", nullable: true),
                    DeletedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Stages", x => x.Id);
                    table.UniqueConstraint("AK_Stages_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_Stages_Pipelines_TenantId_PipelineId",
                        columns: x => new { x.TenantId, x.PipelineId },
                        principalTable: "Pipelines",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Stages_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "ProductMoves",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ProductId = table.Column<long>(type: "bigint", nullable: false),
                    Entered = table.Column<bool>(type: "bit", nullable: false),
                    Score = table.Column<int>(type: "int", nullable: true),
                    Reasons = table.Column<string>(type: "nvarchar(600)", maxLength: 600, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProductMoves", x => x.Id);
                    table.UniqueConstraint("AK_ProductMoves_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_ProductMoves_Products_TenantId_ProductId",
                        columns: x => new { x.TenantId, x.ProductId },
                        principalTable: "Products",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_ProductMoves_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "ProductPairs",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ProductId = table.Column<long>(type: "bigint", nullable: false),
                    OtherId = table.Column<long>(type: "bigint", nullable: false),
                    Both = table.Column<int>(type: "int", nullable: false),
                    Together = table.Column<int>(type: "int", nullable: false),
                    OfProduct = table.Column<int>(type: "int", nullable: false),
                    OfOther = table.Column<int>(type: "int", nullable: false),
                    All = table.Column<int>(type: "int", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProductPairs", x => x.Id);
                    table.UniqueConstraint("AK_ProductPairs_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_ProductPairs_Products_TenantId_OtherId",
                        columns: x => new { x.TenantId, x.OtherId },
                        principalTable: "Products",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_ProductPairs_Products_TenantId_ProductId",
                        columns: x => new { x.TenantId, x.ProductId },
                        principalTable: "Products",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_ProductPairs_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "ProductStandings",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ProductId = table.Column<long>(type: "bigint", nullable: false),
                    Score = table.Column<int>(type: "int", nullable: true),
                    IsIn = table.Column<bool>(type: "bit", nullable: false),
                    Since = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Reasons = table.Column<string>(type: "nvarchar(600)", maxLength: 600, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProductStandings", x => x.Id);
                    table.UniqueConstraint("AK_ProductStandings_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_ProductStandings_Products_TenantId_ProductId",
                        columns: x => new { x.TenantId, x.ProductId },
                        principalTable: "Products",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_ProductStandings_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "Orders",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    PlacedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Channel = table.Column<int>(type: "int", nullable: false),
                    State = table.Column<int>(type: "int", nullable: false),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false),
                    Total = table.Column<long>(type: "bigint", nullable: false),
                    Cost = table.Column<long>(type: "bigint", nullable: true),
                    BaseTotal = table.Column<long>(type: "bigint", nullable: false),
                    BaseCost = table.Column<long>(type: "bigint", nullable: true),
                    ExternalId = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Note = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    PaidAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ReturnedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ReasonId = table.Column<long>(type: "bigint", nullable: true),
                    ReasonNote = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    ImportId = table.Column<long>(type: "bigint", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    DeletedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Orders", x => x.Id);
                    table.UniqueConstraint("AK_Orders_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_Orders_Customers_TenantId_CustomerId",
                        columns: x => new { x.TenantId, x.CustomerId },
                        principalTable: "Customers",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Orders_Reasons_TenantId_ReasonId",
                        columns: x => new { x.TenantId, x.ReasonId },
                        principalTable: "Reasons",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Orders_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "SlaRules",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Priority = table.Column<int>(type: "int", nullable: false),
                    ServiceTierId = table.Column<long>(type: "bigint", nullable: true),
                    AnswerMinutes = table.Column<int>(type: "int", nullable: true),
                    ResolveMinutes = table.Column<int>(type: "int", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SlaRules", x => x.Id);
                    table.UniqueConstraint("AK_SlaRules_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_SlaRules_ServiceTiers_TenantId_ServiceTierId",
                        columns: x => new { x.TenantId, x.ServiceTierId },
                        principalTable: "ServiceTiers",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_SlaRules_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "Deals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    NameNormal = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PipelineId = table.Column<long>(type: "bigint", nullable: false),
                    StageId = table.Column<long>(type: "bigint", nullable: false),
                    StageSince = table.Column<DateTime>(type: "datetime2", nullable: false),
                    State = table.Column<int>(type: "int", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: true),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false),
                    BaseAmount = table.Column<long>(type: "bigint", nullable: true),
                    ValuedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CloseOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Category = table.Column<int>(type: "int", nullable: true),
                    OwnerId = table.Column<long>(type: "bigint", nullable: true),
                    TeamId = table.Column<long>(type: "bigint", nullable: true),
                    Description = table.Column<string>(type: "nvarchar(max)", maxLength: 8000, nullable: true),
                    ClosedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ReasonId = table.Column<long>(type: "bigint", nullable: true),
                    ReasonNote = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    DeletedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Deals", x => x.Id);
                    table.UniqueConstraint("AK_Deals_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_Deals_Customers_TenantId_CustomerId",
                        columns: x => new { x.TenantId, x.CustomerId },
                        principalTable: "Customers",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Deals_Members_TenantId_OwnerId",
                        columns: x => new { x.TenantId, x.OwnerId },
                        principalTable: "Members",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Deals_Pipelines_TenantId_PipelineId",
                        columns: x => new { x.TenantId, x.PipelineId },
                        principalTable: "Pipelines",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Deals_Reasons_TenantId_ReasonId",
                        columns: x => new { x.TenantId, x.ReasonId },
                        principalTable: "Reasons",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Deals_Stages_TenantId_StageId",
                        columns: x => new { x.TenantId, x.StageId },
                        principalTable: "Stages",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Deals_Teams_TenantId_TeamId",
                        columns: x => new { x.TenantId, x.TeamId },
                        principalTable: "Teams",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Deals_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "Cases",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    State = table.Column<int>(type: "int", nullable: false),
                    Subject = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Description = table.Column<string>(type: "nvarchar(max)", maxLength: 16000, nullable: true),
                    Channel = table.Column<int>(type: "int", nullable: false),
                    Priority = table.Column<int>(type: "int", nullable: false),
                    OwnerId = table.Column<long>(type: "bigint", nullable: true),
                    TeamId = table.Column<long>(type: "bigint", nullable: true),
                    ProductId = table.Column<long>(type: "bigint", nullable: true),
                    OrderId = table.Column<long>(type: "bigint", nullable: true),
                    OpenedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AnswerDueAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ResolveDueAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    NextDueAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    WarnAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    AnsweredAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    AnsweredInMinutes = table.Column<int>(type: "int", nullable: true),
                    ResolvedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ResolvedInMinutes = table.Column<int>(type: "int", nullable: true),
                    ClosedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    WaitingSince = table.Column<DateTime>(type: "datetime2", nullable: true),
                    WaitedMinutes = table.Column<int>(type: "int", nullable: false),
                    WarnedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    EscalatedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    RootCauseId = table.Column<long>(type: "bigint", nullable: true),
                    RootCauseNote = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    Resolution = table.Column<string>(type: "nvarchar(max)", maxLength: 16000, nullable: true),
                    DeletedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Cases", x => x.Id);
                    table.UniqueConstraint("AK_Cases_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_Cases_Customers_TenantId_CustomerId",
                        columns: x => new { x.TenantId, x.CustomerId },
                        principalTable: "Customers",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Cases_Members_TenantId_OwnerId",
                        columns: x => new { x.TenantId, x.OwnerId },
                        principalTable: "Members",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Cases_Orders_TenantId_OrderId",
                        columns: x => new { x.TenantId, x.OrderId },
                        principalTable: "Orders",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Cases_Products_TenantId_ProductId",
                        columns: x => new { x.TenantId, x.ProductId },
                        principalTable: "Products",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Cases_Reasons_TenantId_RootCauseId",
                        columns: x => new { x.TenantId, x.RootCauseId },
                        principalTable: "Reasons",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Cases_Teams_TenantId_TeamId",
                        columns: x => new { x.TenantId, x.TeamId },
                        principalTable: "Teams",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Cases_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "OrderLines",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    OrderId = table.Column<long>(type: "bigint", nullable: false),
                    ProductId = table.Column<long>(type: "bigint", nullable: true),
                    Description = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true),
                    Quantity = table.Column<int>(type: "int", nullable: false),
                    UnitPrice = table.Column<long>(type: "bigint", nullable: true),
                    Total = table.Column<long>(type: "bigint", nullable: false),
                    UnitCost = table.Column<long>(type: "bigint", nullable: true),
                    Position = table.Column<int>(type: "int", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OrderLines", x => x.Id);
                    table.UniqueConstraint("AK_OrderLines_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_OrderLines_Orders_TenantId_OrderId",
                        columns: x => new { x.TenantId, x.OrderId },
                        principalTable: "Orders",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_OrderLines_Products_TenantId_ProductId",
                        columns: x => new { x.TenantId, x.ProductId },
                        principalTable: "Products",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_OrderLines_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "DealLines",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    DealId = table.Column<long>(type: "bigint", nullable: false),
                    ProductId = table.Column<long>(type: "bigint", nullable: false),
                    Quantity = table.Column<int>(type: "int", nullable: false),
                    UnitPrice = table.Column<long>(type: "bigint", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DealLines", x => x.Id);
                    table.UniqueConstraint("AK_DealLines_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_DealLines_Deals_TenantId_DealId",
                        columns: x => new { x.TenantId, x.DealId },
                        principalTable: "Deals",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_DealLines_Products_TenantId_ProductId",
                        columns: x => new { x.TenantId, x.ProductId },
                        principalTable: "Products",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_DealLines_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "StageStays",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    DealId = table.Column<long>(type: "bigint", nullable: false),
                    StageId = table.Column<long>(type: "bigint", nullable: false),
                    MemberId = table.Column<long>(type: "bigint", nullable: true),
                    EnteredAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    LeftAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StageStays", x => x.Id);
                    table.UniqueConstraint("AK_StageStays_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_StageStays_Deals_TenantId_DealId",
                        columns: x => new { x.TenantId, x.DealId },
                        principalTable: "Deals",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_StageStays_Stages_TenantId_StageId",
                        columns: x => new { x.TenantId, x.StageId },
                        principalTable: "Stages",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_StageStays_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "CaseInteractions",
                columns: table => new
                {
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    InteractionId = table.Column<long>(type: "bigint", nullable: false),
                    CaseId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseInteractions", x => new { x.TenantId, x.InteractionId });
                    table.ForeignKey(
                        name: "FK_CaseInteractions_Cases_TenantId_CaseId",
                        columns: x => new { x.TenantId, x.CaseId },
                        principalTable: "Cases",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_CaseInteractions_Interactions_TenantId_InteractionId",
                        columns: x => new { x.TenantId, x.InteractionId },
                        principalTable: "Interactions",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_CaseInteractions_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_TenantId_CaseId",
                table: "Notifications",
                columns: new[] { "TenantId", "CaseId" });

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_TenantId_ImportId",
                table: "Interactions",
                columns: new[] { "TenantId", "ImportId" },
                filter: "\"ImportId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Customers_TenantId_LastOrderAt_Id",
                table: "Customers",
                columns: new[] { "TenantId", "LastOrderAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Customers_TenantId_Profit_Id",
                table: "Customers",
                columns: new[] { "TenantId", "Profit", "Id" },
                filter: "\"Profit\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Customers_TenantId_ServiceTierId",
                table: "Customers",
                columns: new[] { "TenantId", "ServiceTierId" });

            migrationBuilder.CreateIndex(
                name: "IX_Customers_TenantId_TotalSpent_Id",
                table: "Customers",
                columns: new[] { "TenantId", "TotalSpent", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_CaseInteractions_TenantId_CaseId_InteractionId",
                table: "CaseInteractions",
                columns: new[] { "TenantId", "CaseId", "InteractionId" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_NextDueAt",
                table: "Cases",
                column: "NextDueAt",
                filter: "\"NextDueAt\" IS NOT NULL AND \"EscalatedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_TenantId_CustomerId_State_Id",
                table: "Cases",
                columns: new[] { "TenantId", "CustomerId", "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_TenantId_DeletedAt",
                table: "Cases",
                columns: new[] { "TenantId", "DeletedAt" },
                filter: "\"DeletedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_TenantId_OpenedAt_Id",
                table: "Cases",
                columns: new[] { "TenantId", "OpenedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_TenantId_OrderId",
                table: "Cases",
                columns: new[] { "TenantId", "OrderId" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_TenantId_OwnerId_State_Id",
                table: "Cases",
                columns: new[] { "TenantId", "OwnerId", "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_TenantId_ProductId",
                table: "Cases",
                columns: new[] { "TenantId", "ProductId" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_TenantId_RootCauseId",
                table: "Cases",
                columns: new[] { "TenantId", "RootCauseId" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_TenantId_State_NextDueAt_Id",
                table: "Cases",
                columns: new[] { "TenantId", "State", "NextDueAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_TenantId_TeamId",
                table: "Cases",
                columns: new[] { "TenantId", "TeamId" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_WarnAt",
                table: "Cases",
                column: "WarnAt",
                filter: "\"WarnAt\" IS NOT NULL AND \"WarnedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CostRates_TenantId_Kind_Which_Day",
                table: "CostRates",
                columns: new[] { "TenantId", "Kind", "Which", "Day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DealLines_TenantId_DealId_Position",
                table: "DealLines",
                columns: new[] { "TenantId", "DealId", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_DealLines_TenantId_ProductId",
                table: "DealLines",
                columns: new[] { "TenantId", "ProductId" });

            migrationBuilder.CreateIndex(
                name: "IX_Deals_TenantId_ClosedAt_Id",
                table: "Deals",
                columns: new[] { "TenantId", "ClosedAt", "Id" },
                filter: "\"ClosedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Deals_TenantId_CloseOn_Id",
                table: "Deals",
                columns: new[] { "TenantId", "CloseOn", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Deals_TenantId_CreatedAt_Id",
                table: "Deals",
                columns: new[] { "TenantId", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Deals_TenantId_CustomerId_State_Id",
                table: "Deals",
                columns: new[] { "TenantId", "CustomerId", "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Deals_TenantId_DeletedAt",
                table: "Deals",
                columns: new[] { "TenantId", "DeletedAt" },
                filter: "\"DeletedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Deals_TenantId_NameNormal_Id",
                table: "Deals",
                columns: new[] { "TenantId", "NameNormal", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Deals_TenantId_OwnerId_State_CloseOn_Id",
                table: "Deals",
                columns: new[] { "TenantId", "OwnerId", "State", "CloseOn", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Deals_TenantId_PipelineId_State_StageId_CloseOn_Id",
                table: "Deals",
                columns: new[] { "TenantId", "PipelineId", "State", "StageId", "CloseOn", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Deals_TenantId_ReasonId",
                table: "Deals",
                columns: new[] { "TenantId", "ReasonId" });

            migrationBuilder.CreateIndex(
                name: "IX_Deals_TenantId_StageId",
                table: "Deals",
                columns: new[] { "TenantId", "StageId" });

            migrationBuilder.CreateIndex(
                name: "IX_Deals_TenantId_TeamId",
                table: "Deals",
                columns: new[] { "TenantId", "TeamId" });

            migrationBuilder.CreateIndex(
                name: "IX_ExchangeRates_TenantId_Currency_Day",
                table: "ExchangeRates",
                columns: new[] { "TenantId", "Currency", "Day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ForecastSnapshots_TenantId_CustomerOwnerId",
                table: "ForecastSnapshots",
                columns: new[] { "TenantId", "CustomerOwnerId" });

            migrationBuilder.CreateIndex(
                name: "IX_ForecastSnapshots_TenantId_CustomerTeamId",
                table: "ForecastSnapshots",
                columns: new[] { "TenantId", "CustomerTeamId" });

            migrationBuilder.CreateIndex(
                name: "IX_ForecastSnapshots_TenantId_Month_TakenOn",
                table: "ForecastSnapshots",
                columns: new[] { "TenantId", "Month", "TakenOn" });

            migrationBuilder.CreateIndex(
                name: "IX_ForecastSnapshots_TenantId_OwnerId",
                table: "ForecastSnapshots",
                columns: new[] { "TenantId", "OwnerId" });

            migrationBuilder.CreateIndex(
                name: "IX_ForecastSnapshots_TenantId_PipelineId",
                table: "ForecastSnapshots",
                columns: new[] { "TenantId", "PipelineId" });

            migrationBuilder.CreateIndex(
                name: "IX_ForecastSnapshots_TenantId_TakenOn_Month",
                table: "ForecastSnapshots",
                columns: new[] { "TenantId", "TakenOn", "Month" });

            migrationBuilder.CreateIndex(
                name: "IX_ForecastSnapshots_TenantId_TeamId",
                table: "ForecastSnapshots",
                columns: new[] { "TenantId", "TeamId" });

            migrationBuilder.CreateIndex(
                name: "IX_Holidays_TenantId_Day",
                table: "Holidays",
                columns: new[] { "TenantId", "Day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OpeningTimes_TenantId_Day_Opens",
                table: "OpeningTimes",
                columns: new[] { "TenantId", "Day", "Opens" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OrderLines_TenantId_OrderId_Position",
                table: "OrderLines",
                columns: new[] { "TenantId", "OrderId", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_OrderLines_TenantId_ProductId_OrderId",
                table: "OrderLines",
                columns: new[] { "TenantId", "ProductId", "OrderId" });

            migrationBuilder.CreateIndex(
                name: "IX_Orders_TenantId_CustomerId_PlacedAt_Id",
                table: "Orders",
                columns: new[] { "TenantId", "CustomerId", "PlacedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Orders_TenantId_DeletedAt",
                table: "Orders",
                columns: new[] { "TenantId", "DeletedAt" },
                filter: "\"DeletedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Orders_TenantId_ExternalId",
                table: "Orders",
                columns: new[] { "TenantId", "ExternalId" },
                unique: true,
                filter: "\"ExternalId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Orders_TenantId_ImportId",
                table: "Orders",
                columns: new[] { "TenantId", "ImportId" },
                filter: "\"ImportId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Orders_TenantId_PlacedAt_Id",
                table: "Orders",
                columns: new[] { "TenantId", "PlacedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Orders_TenantId_ReasonId",
                table: "Orders",
                columns: new[] { "TenantId", "ReasonId" });

            migrationBuilder.CreateIndex(
                name: "IX_Pipelines_TenantId_Position",
                table: "Pipelines",
                columns: new[] { "TenantId", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_ProductMoves_TenantId_At_Id",
                table: "ProductMoves",
                columns: new[] { "TenantId", "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ProductMoves_TenantId_ProductId_At",
                table: "ProductMoves",
                columns: new[] { "TenantId", "ProductId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_ProductPairs_TenantId_OtherId",
                table: "ProductPairs",
                columns: new[] { "TenantId", "OtherId" });

            migrationBuilder.CreateIndex(
                name: "IX_ProductPairs_TenantId_ProductId_OtherId",
                table: "ProductPairs",
                columns: new[] { "TenantId", "ProductId", "OtherId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Products_TenantId_CategoryNormal_NameNormal_Id",
                table: "Products",
                columns: new[] { "TenantId", "CategoryNormal", "NameNormal", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Products_TenantId_CodeNormal",
                table: "Products",
                columns: new[] { "TenantId", "CodeNormal" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Products_TenantId_DeletedAt",
                table: "Products",
                columns: new[] { "TenantId", "DeletedAt" },
                filter: "\"DeletedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Products_TenantId_NameNormal_Id",
                table: "Products",
                columns: new[] { "TenantId", "NameNormal", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ProductStandings_TenantId_ProductId",
                table: "ProductStandings",
                columns: new[] { "TenantId", "ProductId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Reasons_TenantId_For_Position",
                table: "Reasons",
                columns: new[] { "TenantId", "For", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_ServiceTiers_TenantId_Position",
                table: "ServiceTiers",
                columns: new[] { "TenantId", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_SlaRules_TenantId_Priority_ServiceTierId",
                table: "SlaRules",
                columns: new[] { "TenantId", "Priority", "ServiceTierId" },
                unique: true,
                filter: "[ServiceTierId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SlaRules_TenantId_ServiceTierId",
                table: "SlaRules",
                columns: new[] { "TenantId", "ServiceTierId" });

            migrationBuilder.CreateIndex(
                name: "IX_Stages_TenantId_PipelineId_Position",
                table: "Stages",
                columns: new[] { "TenantId", "PipelineId", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_StageStays_TenantId_DealId_EnteredAt",
                table: "StageStays",
                columns: new[] { "TenantId", "DealId", "EnteredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_StageStays_TenantId_StageId_EnteredAt",
                table: "StageStays",
                columns: new[] { "TenantId", "StageId", "EnteredAt" });

            migrationBuilder.AddForeignKey(
                name: "FK_Customers_ServiceTiers_TenantId_ServiceTierId",
                table: "Customers",
                columns: new[] { "TenantId", "ServiceTierId" },
                principalTable: "ServiceTiers",
                principalColumns: new[] { "TenantId", "Id" });

            migrationBuilder.AddForeignKey(
                name: "FK_Notifications_Cases_TenantId_CaseId",
                table: "Notifications",
                columns: new[] { "TenantId", "CaseId" },
                principalTable: "Cases",
                principalColumns: new[] { "TenantId", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Customers_ServiceTiers_TenantId_ServiceTierId",
                table: "Customers");

            migrationBuilder.DropForeignKey(
                name: "FK_Notifications_Cases_TenantId_CaseId",
                table: "Notifications");

            migrationBuilder.DropTable(
                name: "CaseInteractions");

            migrationBuilder.DropTable(
                name: "CostRates");

            migrationBuilder.DropTable(
                name: "DealLines");

            migrationBuilder.DropTable(
                name: "ExchangeRates");

            migrationBuilder.DropTable(
                name: "ForecastSnapshots");

            migrationBuilder.DropTable(
                name: "Holidays");

            migrationBuilder.DropTable(
                name: "OpeningTimes");

            migrationBuilder.DropTable(
                name: "OrderLines");

            migrationBuilder.DropTable(
                name: "ProductMoves");

            migrationBuilder.DropTable(
                name: "ProductPairs");

            migrationBuilder.DropTable(
                name: "ProductStandings");

            migrationBuilder.DropTable(
                name: "SlaRules");

            migrationBuilder.DropTable(
                name: "StageStays");

            migrationBuilder.DropTable(
                name: "Cases");

            migrationBuilder.DropTable(
                name: "ServiceTiers");

            migrationBuilder.DropTable(
                name: "Deals");

            migrationBuilder.DropTable(
                name: "Orders");

            migrationBuilder.DropTable(
                name: "Products");

            migrationBuilder.DropTable(
                name: "Stages");

            migrationBuilder.DropTable(
                name: "Reasons");

            migrationBuilder.DropTable(
                name: "Pipelines");

            migrationBuilder.DropIndex(
                name: "IX_Notifications_TenantId_CaseId",
                table: "Notifications");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_TenantId_ImportId",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Customers_TenantId_LastOrderAt_Id",
                table: "Customers");

            migrationBuilder.DropIndex(
                name: "IX_Customers_TenantId_Profit_Id",
                table: "Customers");

            migrationBuilder.DropIndex(
                name: "IX_Customers_TenantId_ServiceTierId",
                table: "Customers");

            migrationBuilder.DropIndex(
                name: "IX_Customers_TenantId_TotalSpent_Id",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "DreamSector",
                table: "Tenants");

            migrationBuilder.DropColumn(
                name: "CaseId",
                table: "Notifications");

            migrationBuilder.DropColumn(
                name: "ContactCost",
                table: "Interactions");

            migrationBuilder.DropColumn(
                name: "ImportId",
                table: "Interactions");

            migrationBuilder.DropColumn(
                name: "MemberRoles",
                table: "Interactions");

            migrationBuilder.DropColumn(
                name: "ServiceCost",
                table: "Interactions");

            migrationBuilder.DropColumn(
                name: "AverageOrder",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "ContactCost",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "DaysBetweenOrders",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "FirstOrderAt",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "InteractionsIn90Days",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "LastInboundAt",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "LastOrderAt",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "LastOutboundAt",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "Margin",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "OpenCases",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "OpenDeals",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "OpenDealsValue",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "OrderCount",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "Profit",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "RfmFrequency",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "RfmMonetary",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "RfmRecency",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "ServiceCost",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "ServiceMinutes",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "ServiceTierId",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "TotalSpent",
                table: "Customers");
        }
    }
}
