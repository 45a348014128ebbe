using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmWeb.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddMergesAndDuplicates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "MergedIntoId",
                table: "Customers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "DuplicatePairs",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    FirstId = table.Column<long>(type: "INTEGER", nullable: false),
                    SecondId = table.Column<long>(type: "INTEGER", nullable: false),
                    Score = table.Column<int>(type: "INTEGER", nullable: false),
                    Reasons = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    FoundAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    DecidedById = table.Column<long>(type: "INTEGER", nullable: true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DuplicatePairs", x => x.Id);
                    table.UniqueConstraint("AK_DuplicatePairs_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_DuplicatePairs_Customers_TenantId_FirstId",
                        columns: x => new { x.TenantId, x.FirstId },
                        principalTable: "Customers",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_DuplicatePairs_Customers_TenantId_SecondId",
                        columns: x => new { x.TenantId, x.SecondId },
                        principalTable: "Customers",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_DuplicatePairs_Members_TenantId_DecidedById",
                        columns: x => new { x.TenantId, x.DecidedById },
                        principalTable: "Members",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_DuplicatePairs_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "Merges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SurvivorId = table.Column<long>(type: "INTEGER", nullable: false),
                    OtherId = table.Column<long>(type: "INTEGER", nullable: false),
                    MemberId = table.Column<long>(type: "INTEGER", nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    UndoneAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Record = table.Column<string>(type: "TEXT", nullable: false),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Merges", x => x.Id);
                    table.UniqueConstraint("AK_Merges_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_Merges_Customers_TenantId_OtherId",
                        columns: x => new { x.TenantId, x.OtherId },
                        principalTable: "Customers",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Merges_Customers_TenantId_SurvivorId",
                        columns: x => new { x.TenantId, x.SurvivorId },
                        principalTable: "Customers",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Merges_Members_TenantId_MemberId",
                        columns: x => new { x.TenantId, x.MemberId },
                        principalTable: "Members",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Merges_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_Customers_TenantId_MergedIntoId",
                table: "Customers",
                columns: new[] { "TenantId", "MergedIntoId" },
                filter: "\"MergedIntoId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_DuplicatePairs_TenantId_DecidedById",
                table: "DuplicatePairs",
                columns: new[] { "TenantId", "DecidedById" });

            migrationBuilder.CreateIndex(
                name: "IX_DuplicatePairs_TenantId_FirstId_SecondId",
                table: "DuplicatePairs",
                columns: new[] { "TenantId", "FirstId", "SecondId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DuplicatePairs_TenantId_SecondId",
                table: "DuplicatePairs",
                columns: new[] { "TenantId", "SecondId" });

            migrationBuilder.CreateIndex(
                name: "IX_DuplicatePairs_TenantId_State_Score_Id",
                table: "DuplicatePairs",
                columns: new[] { "TenantId", "State", "Score", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Merges_TenantId_MemberId",
                table: "Merges",
                columns: new[] { "TenantId", "MemberId" });

            migrationBuilder.CreateIndex(
                name: "IX_Merges_TenantId_OtherId",
                table: "Merges",
                columns: new[] { "TenantId", "OtherId" });

            migrationBuilder.CreateIndex(
                name: "IX_Merges_TenantId_SurvivorId_At",
                table: "Merges",
                columns: new[] { "TenantId", "SurvivorId", "At" });

            migrationBuilder.AddForeignKey(
                name: "FK_Customers_Customers_TenantId_MergedIntoId",
                table: "Customers",
                columns: new[] { "TenantId", "MergedIntoId" },
                principalTable: "Customers",
                principalColumns: new[] { "TenantId", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Customers_Customers_TenantId_MergedIntoId",
                table: "Customers");

            migrationBuilder.DropTable(
                name: "DuplicatePairs");

            migrationBuilder.DropTable(
                name: "Merges");

            migrationBuilder.DropIndex(
                name: "IX_Customers_TenantId_MergedIntoId",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "MergedIntoId",
                table: "Customers");
        }
    }
}
